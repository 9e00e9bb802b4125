# Holds the #include lines of the tree against who may include whom.
#   cmake -DROOT=DIR -P cmake/layering.cmake
# Prints each line that breaks a rule, and fails if there is one.
cmake_minimum_required(VERSION 3.25)

# FOLDER: what its files may include of ours, as a regular expression on the path between quotes. The
# longest folder that fits a file decides. `tests` may be included by its *_test.cc and *_fuzz.cc files, too.
set(rules
  "base=ocokit/base/"
  "fixtures=fixtures/"
  "client=ocokit/(base|client)/|client/"
  "client/testing=ocokit/(base|client)/|client/|base/testing/|fixtures/"
  "mock_exchange=ocokit/(base|mock)/|mock_exchange/"
  "mock_exchange/include=ocokit/(base|mock)/"
  # From the ground up: who stands higher may include who stands lower, never the other way round.
  "mock_exchange/wire=ocokit/(base|mock)/|mock_exchange/wire/"
  "mock_exchange/json=ocokit/(base|mock)/|mock_exchange/(wire|json)/"
  "mock_exchange/secrets=ocokit/(base|mock)/|mock_exchange/secrets/"
  "mock_exchange/request_text=ocokit/(base|mock)/|mock_exchange/request_text/"
  "mock_exchange/engine=ocokit/(base|mock)/|mock_exchange/engine/"
  "mock_exchange/market=ocokit/(base|mock)/|mock_exchange/(engine|market)/"
  "mock_exchange/metrics=ocokit/(base|mock)/|mock_exchange/metrics/"
  "mock_exchange/journal=ocokit/(base|mock)/|mock_exchange/(wire|secrets|metrics|journal)/"
  "mock_exchange/http=ocokit/(base/|mock/message\\.h)|mock_exchange/(wire/(answer|channel)\\.h|http/)"
  "mock_exchange/account=ocokit/(base|mock)/|mock_exchange/(wire|engine|market|metrics|account)/"
  "mock_exchange/venue=ocokit/(base|mock)/|mock_exchange/(wire|account|venue)/"
  "mock_exchange/streams=ocokit/(base|mock)/|mock_exchange/(wire|engine|market|metrics|journal|account|venue|streams)/"
  "mock_exchange/doctor=ocokit/(base|mock)/|mock_exchange/(wire/request|json/reader|secrets/secret_filter|doctor/)"
  "mock_exchange/config=ocokit/(base|mock)/|mock_exchange/(json|account|config)/"
  "mock_exchange/faults=ocokit/(base|mock)/|mock_exchange/(wire|json|market|account|venue|streams|faults)/"
  "mock_exchange/bingx=ocokit/(base|mock)/|mock_exchange/(wire|json|engine|market|account|venue|streams|bingx)/"
  "mock_exchange/whitebit=ocokit/(base|mock)/|mock_exchange/(wire|json|engine|market|account|venue|streams|whitebit)/"
  "mock_exchange/state=ocokit/(base|mock)/|mock_exchange/(json|engine|market|account|config|state)/"
  "mock_exchange/exchange=ocokit/(base|mock)/|mock_exchange/(wire|secrets|metrics|journal|account|venue|streams|doctor|faults|state|bingx|whitebit|exchange)/"
  "mock_exchange/control=ocokit/(base|mock)/|mock_exchange/(wire|secrets|metrics|account|streams|config|exchange|control)/"
  "mock_exchange/server=ocokit/(base|mock)/|mock_exchange/"
  "mock_exchange/testing=ocokit/(base|mock)/|mock_exchange/|fixtures/"
  "conformance=ocokit/base/|conformance/"
  "conformance/testing=ocokit/base/|base/testing/|conformance/"
  "conformance/adapters=ocokit/(base|client)/|conformance/adapters/"
  "conformance/end_to_end=ocokit/(base|client|mock)/|conformance/|fixtures/"
  "bench=ocokit/(base|client|mock)/|client/|mock_exchange/|bench/"
  "bench/load=ocokit/(base|client)/|client/|bench/load/|conformance/(net|text)/"
  "cli=ocokit/(base|client|mock)/|cli/|conformance/|bench/load/"
  "cmake=ocokit/(base|client|mock)/"
  "examples=ocokit/(base|client|mock)/")
set(tests "base/testing/|fixtures/|mock_exchange/testing/")

# LIBRARY HEADER: the files that may include it.
set(libraries
  "^boost/json/=^(mock_exchange/json/reader\\.cc|cmake/package_test/)"
  "^boost/nowide/=^mock_exchange/secrets/"
  "^boost/unordered/=^mock_exchange/engine/order_store\\.cc"
  "^boost/[^jnu]=^(client/streams/(connection|wire)\\.|(mock_exchange/http|conformance/net|bench/(load|streams))/)"
  "^httplib\\.h$=^client/transport/"
  "^openssl/=^(base|client|mock_exchange/http)/"
  "^arpa/=^(base|client|mock_exchange/testing)/"
  "^(sys/socket|netinet/)=^(base/testing|mock_exchange/(http|testing)|client|cli|conformance|bench)/"
  "^nlohmann/=^(client|mock_exchange/(config|control|request_text|state|testing)|fixtures|cli|conformance|bench|examples/bot)/"
  "^zlib\\.h$=^(mock_exchange/streams/|(client/streams|conformance/net)/gunzip\\.cc)"
  "^sqlite3\\.h$=^mock_exchange/state/"
  "^prometheus/=^mock_exchange/control/"
  "^CLI/=^cli/(main|[a-z]+_options)\\.cc$"
  "^re2/=^conformance/server/operators\\.cc"
  "^valijson/=^(fixtures|mock_exchange/config)/"
  "^(thread|mutex|shared_mutex|atomic|condition_variable|future)$=^(base|client|mock_exchange/(account|exchange|http|journal|metrics|secrets|server|streams|testing)|cli|conformance|bench|examples)/?")

file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/*.h ${ROOT}/*.cc)
list(FILTER files EXCLUDE REGEX "^build/|(^|/)node_modules/")
set(broken 0)
set(checked 0)

foreach(file IN LISTS files)
  math(EXPR checked "${checked} + 1")
  # The rule of the longest folder that the file is in.
  set(allowed "")
  set(length 0)
  foreach(rule IN LISTS rules)
    string(REGEX MATCH "^([^=]*)=(.*)$" _ "${rule}")
    set(folder "${CMAKE_MATCH_1}")
    set(pattern "${CMAKE_MATCH_2}")
    string(LENGTH "${folder}" folder_length)
    string(FIND "${file}" "${folder}/" at)
    if(at EQUAL 0 AND folder_length GREATER length)
      set(length ${folder_length})
      set(allowed "${pattern}")
    endif()
  endforeach()
  if(NOT allowed)
    message("${file}: no layering rule for this folder; add one to cmake/layering.cmake")
    math(EXPR broken "${broken} + 1")
    continue()
  endif()
  if(file MATCHES "_(test|fuzz)\\.cc$")
    set(allowed "${allowed}|${tests}")
  endif()

  file(STRINGS ${ROOT}/${file} lines REGEX "^#include ")
  foreach(line IN LISTS lines)
    if(line MATCHES "^#include \"([^\"]*)\"")
      set(header "${CMAKE_MATCH_1}")
      # A quoted system header like tl/expected.hpp is nobody's room.
      set(rooms "^(ocokit|base|client|mock_exchange|conformance|fixtures|bench|cli|examples)/")
      if(header MATCHES "${rooms}" AND NOT header MATCHES "^(${allowed})")
        message("${file} may not include \"${header}\"")
        math(EXPR broken "${broken} + 1")
      endif()
    elseif(NOT file MATCHES "_(test|fuzz|bench)\\.cc$")
      # The match that the name is read from must be the last one.
      string(REGEX MATCH "^#include <([^>]*)>" _ "${line}")
      set(header "${CMAKE_MATCH_1}")
      foreach(rule IN LISTS libraries)
        string(REGEX MATCH "^(.*)=(\\^.*)$" _ "${rule}")
        set(pattern "${CMAKE_MATCH_1}")
        set(users "${CMAKE_MATCH_2}")
        if(header MATCHES "${pattern}" AND NOT file MATCHES "${users}")
          message("${file} may not include <${header}>")
          math(EXPR broken "${broken} + 1")
        endif()
      endforeach()
    endif()
  endforeach()
endforeach()

# The two venues have the same rooms: each file of one has a twin, but for those named here.
set(without_twin
    "^(envelope|parameters|funds/(read|write|margin_balance)|streams/(heartbeat|market_frames|user_frames|balances|candles|depth|entry|entry_errors|entry_read|feed|frame|order|pace|positions|query|query_orders|read|top|trades))$")
foreach(venue bingx whitebit)
  foreach(other bingx whitebit)
    foreach(file IN LISTS files)
      if(file MATCHES "^mock_exchange/${venue}/(.*)\\.h$")
        set(room "${CMAKE_MATCH_1}")
        if(NOT room MATCHES "${without_twin}" AND
           NOT EXISTS ${ROOT}/mock_exchange/${other}/${room}.h)
          message("${file} has no twin in mock_exchange/${other}")
          math(EXPR broken "${broken} + 1")
        endif()
      endif()
    endforeach()
  endforeach()
endforeach()

# Time comes into the engine with each call.
foreach(file IN LISTS files)
  if(file MATCHES "^mock_exchange/engine/" AND NOT file MATCHES "_(test|bench)\\.cc$")
    file(STRINGS ${ROOT}/${file} lines REGEX "SystemClock|ManualClock|_clock::now|Clock[&*>]")
    if(lines)
      message("${file} has a clock of its own")
      math(EXPR broken "${broken} + 1")
    endif()
  endif()
endforeach()

if(checked EQUAL 0)
  message(FATAL_ERROR "no source file below ${ROOT}")
endif()
if(NOT broken EQUAL 0)
  message(FATAL_ERROR "${broken} broken")
endif()
message("${checked} files keep the layers")
