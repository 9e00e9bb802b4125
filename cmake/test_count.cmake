# Fails when ctest knows fewer tests than there once were: tests can vanish silently. A change that
# means to remove some lowers the number in cmake/test_floor.txt.
#   cmake -DBUILD=DIR -P cmake/test_count.cmake
cmake_minimum_required(VERSION 3.25)
file(READ ${CMAKE_CURRENT_LIST_DIR}/test_floor.txt floor)
string(STRIP "${floor}" floor)
execute_process(COMMAND ${CMAKE_CTEST_COMMAND} -N --test-dir ${BUILD} OUTPUT_VARIABLE listing)
if(NOT listing MATCHES "Total Tests: ([0-9]+)")
  message(FATAL_ERROR "ctest -N listed no tests")
endif()
if(CMAKE_MATCH_1 LESS floor)
  message(FATAL_ERROR "${CMAKE_MATCH_1} tests, but cmake/test_floor.txt says at least ${floor}")
endif()
message("${CMAKE_MATCH_1} tests, at least ${floor}")
