# Tests of the tree itself, which are no tests for a sanitizer.
add_test(NAME layering
  COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR}
          -P ${CMAKE_CURRENT_LIST_DIR}/layering.cmake)
add_test(NAME layering_check_catches
  COMMAND ${CMAKE_COMMAND} -DSCRATCH=${PROJECT_BINARY_DIR}/layering_scratch
          -P ${CMAKE_CURRENT_LIST_DIR}/layering_test.cmake)
get_property(one_process GLOBAL PROPERTY OCOKIT_ONE_PROCESS)
string(REPLACE ";" "," one_process "${one_process}")
add_test(NAME test_count
  COMMAND ${CMAKE_COMMAND} -DBUILD=${PROJECT_BINARY_DIR} -DPROGRAMS=${one_process}
          -P ${CMAKE_CURRENT_LIST_DIR}/test_count.cmake)
add_test(NAME documents
  COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR} -DSCENARIOS=${PROJECT_BINARY_DIR}/fixtures/scenarios
          -P ${CMAKE_CURRENT_LIST_DIR}/documents.cmake)
if(OCOKIT_HARDENING AND CMAKE_BUILD_TYPE STREQUAL "Release")
  add_test(NAME hardening
    COMMAND ${CMAKE_CURRENT_LIST_DIR}/hardening_test.sh $<TARGET_FILE:ocokit> $<TARGET_FILE:ocokit_mock>
            ${PROJECT_SOURCE_DIR} $<BOOL:${OCOKIT_HAS_CF_PROTECTION}>)
endif()
# The scripts of ./dev bench, and that docs/performance.md says what the report beside it says.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME bench_scripts
  COMMAND ${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/bench/test_scripts.py)
add_test(NAME bench_document
  COMMAND ${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/bench/document.py --check)
add_test(NAME second_try COMMAND ${Python3_EXECUTABLE} -B ${CMAKE_CURRENT_LIST_DIR}/run_tests_test.py)
set_tests_properties(bench_scripts bench_document PROPERTIES TIMEOUT 60)
add_test(NAME pins
  COMMAND ${CMAKE_COMMAND} -DROOT=${PROJECT_SOURCE_DIR} -P ${CMAKE_CURRENT_LIST_DIR}/pins.cmake)
add_test(NAME package
  COMMAND ${CMAKE_CURRENT_LIST_DIR}/package_test.sh ${CMAKE_COMMAND} ${PROJECT_SOURCE_DIR}
          ${PROJECT_BINARY_DIR})
set_tests_properties(package PROPERTIES TIMEOUT 300)
