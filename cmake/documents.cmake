# The README shows the examples as they are, and every relative link of the documents leads
# somewhere.
#   cmake -DROOT=DIR -P cmake/documents.cmake
cmake_minimum_required(VERSION 3.25)
set(failed 0)

file(READ ${ROOT}/README.md readme)
foreach(example examples/curl/bingx.sh examples/curl/whitebit.sh examples/client/place_oco.cc
        examples/gtest/oco_test.cc)
  file(READ ${ROOT}/${example} text)
  # A reader at the prompt needs neither the first line nor a URL argument.
  string(REGEX REPLACE "^#!/bin/sh\n" "" text "${text}")
  string(FIND "${readme}" "${text}" at)
  if(at EQUAL -1)
    message("README.md does not show ${example} as it is")
    set(failed 1)
  endif()
endforeach()

file(GLOB_RECURSE documents RELATIVE ${ROOT} ${ROOT}/README.md ${ROOT}/docs/*.md
     ${ROOT}/fixtures/*.md)
list(LENGTH documents count)
foreach(document IN LISTS documents)
  get_filename_component(folder ${ROOT}/${document} DIRECTORY)
  file(STRINGS ${ROOT}/${document} lines REGEX "\\]\\([^)]*\\)")
  foreach(line IN LISTS lines)
    # A bracket in a list would hold its elements together.
    string(REPLACE "](" "<link>" line "${line}")
    string(REGEX MATCHALL "<link>[^)#]+" links "${line}")
    foreach(link IN LISTS links)
      string(SUBSTRING "${link}" 6 -1 target)
      if(NOT target MATCHES "^[a-z]+:" AND NOT EXISTS ${folder}/${target})
        message("${document}: ${target} does not exist")
        set(failed 1)
      endif()
    endforeach()
  endforeach()
endforeach()

if(failed)
  message(FATAL_ERROR "the documents do not hold")
endif()
message("${count} documents hold")
