# Fails when there are fewer tests than there once were: tests can vanish silently. A change that
# means to remove some lowers the number in cmake/test_floor.txt.
#   cmake -DBUILD=DIR -DPROGRAMS=A,B -P cmake/test_count.cmake
# PROGRAMS: test programs that ctest runs as one test each; each of their tests counts.
cmake_minimum_required(VERSION 3.25)
file(READ ${CMAKE_CURRENT_LIST_DIR}/test_floor.txt floor)
string(STRIP "${floor}" floor)
execute_process(COMMAND ${CMAKE_CTEST_COMMAND} -N --test-dir ${BUILD} OUTPUT_VARIABLE listing)
if(NOT listing MATCHES "Total Tests: ([0-9]+)")
  message(FATAL_ERROR "ctest -N listed no tests")
endif()
set(count ${CMAKE_MATCH_1})
string(REPLACE "," ";" PROGRAMS "${PROGRAMS}")
foreach(program IN LISTS PROGRAMS)
  get_filename_component(name ${program} NAME)
  set(file ${BUILD}/${name}.tests.json)
  execute_process(COMMAND ${program} --gtest_list_tests --gtest_output=json:${file}
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  file(READ ${file} listing)
  string(JSON in_program GET "${listing}" tests)
  message("${in_program} in ${name}")
  math(EXPR count "${count} + ${in_program} - 1")
endforeach()
if(count LESS floor)
  message(FATAL_ERROR "${count} tests, but cmake/test_floor.txt says at least ${floor}")
endif()
message("${count} tests, at least ${floor}")
