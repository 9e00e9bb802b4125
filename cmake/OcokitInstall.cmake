# The package: find_package(ocokit), then ocokit::client, ocokit::client_streams and ocokit::mock.
include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/ocokit)
install(TARGETS ocokit_base ocokit_client ocokit_client_streams ocokit_mock EXPORT ocokit_targets)
install(TARGETS ocokit)
foreach(room base client mock_exchange)
  install(DIRECTORY ${PROJECT_SOURCE_DIR}/${room}/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
endforeach()
install(EXPORT ocokit_targets FILE ocokitTargets.cmake NAMESPACE ocokit:: DESTINATION ${package_dir})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/ocokitConfig.cmake.in
  ${PROJECT_BINARY_DIR}/ocokitConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/ocokitConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/ocokitConfig.cmake
              ${PROJECT_BINARY_DIR}/ocokitConfigVersion.cmake DESTINATION ${package_dir})
