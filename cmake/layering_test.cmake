# The layering check itself: a small tree that keeps the rules passes, and each of these lines is
# caught.
cmake_minimum_required(VERSION 3.25)

function(check name file line want)
  file(REMOVE_RECURSE ${SCRATCH})
  file(WRITE ${SCRATCH}/base/ok.cc "#include <string>\n#include \"ocokit/base/decimal.h\"\n")
  file(WRITE ${SCRATCH}/${file} "${line}\n")
  execute_process(
    COMMAND ${CMAKE_COMMAND} -DROOT=${SCRATCH} -P ${CMAKE_CURRENT_LIST_DIR}/layering.cmake
    RESULT_VARIABLE result OUTPUT_QUIET ERROR_VARIABLE text)
  if(want STREQUAL "" AND NOT result EQUAL 0)
    message(FATAL_ERROR "${name}: refused: ${text}")
  elseif(NOT want STREQUAL "" AND (result EQUAL 0 OR NOT text MATCHES "${want}"))
    message(FATAL_ERROR "${name}: not caught: ${text}")
  endif()
endfunction()

check("allowed" client/a.cc "#include \"ocokit/base/clock.h\"" "")
check("a test may read fixtures" client/a_test.cc "#include \"fixtures/fixtures.h\"" "")
check("client includes mock" client/a.cc "#include \"ocokit/mock/server.h\"" "may not include")
check("mock includes client" mock_exchange/a.cc "#include \"client/bingx/sign.h\"" "may not include")
check("venues include each other" mock_exchange/bingx/a.cc
      "#include \"mock_exchange/whitebit/read.h\"" "may not include")
check("engine includes an account" mock_exchange/engine/a.cc
      "#include \"mock_exchange/account/account.h\"" "may not include")
check("an account includes the exchange" mock_exchange/account/a.cc
      "#include \"mock_exchange/exchange/exchange.h\"" "may not include")
check("a venue includes the exchange" mock_exchange/bingx/oco/a.cc
      "#include \"mock_exchange/exchange/exchange.h\"" "may not include")
check("engine includes threads" mock_exchange/engine/a.cc "#include <mutex>" "may not include")
check("engine includes JSON" mock_exchange/engine/a.cc "#include <nlohmann/json.hpp>"
      "may not include")
check("sockets outside http" mock_exchange/bingx/a.cc "#include <boost/asio.hpp>"
      "may not include")
check("base includes client" base/a.cc "#include \"ocokit/client/errors.h\"" "may not include")
check("a room that one venue lacks" mock_exchange/bingx/candles.h "#include <string>"
      "has no twin in mock_exchange/whitebit")
check("a clock in the engine" mock_exchange/engine/a.cc "const Clock& clock_;"
      "clock of its own")
check("an unknown folder" elsewhere/a.cc "#include <string>" "no layering rule")
file(REMOVE_RECURSE ${SCRATCH})
