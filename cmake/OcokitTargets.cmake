# One function per kind of target. Sources are named one by one; nothing here sets a global flag.
include(GoogleTest)

find_program(OCOKIT_CCACHE ccache)
if(OCOKIT_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${OCOKIT_CCACHE})
endif()

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

add_library(ocokit_options INTERFACE)
target_compile_features(ocokit_options INTERFACE cxx_std_20)
if(PROJECT_IS_TOP_LEVEL)
  # GCC 12 warns of overlapping copies inside std::string at -O3 (GCC bug 105651), and takes sources that are
  # compiled together for headers, where a class must not hold what is local to a file.
  target_compile_options(ocokit_options INTERFACE
    -Wall -Wextra -Wpedantic -Werror
    $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CMAKE_UNITY_BUILD}>>:-Wno-subobject-linkage>)
endif()
# Nobody puts functions of another library in place of ours: without this GCC does not inline what it compiles for a
# shared library or a position-independent program.
target_compile_options(ocokit_options INTERFACE $<$<CXX_COMPILER_ID:GNU>:-fno-semantic-interposition>)
# Whatever is built says where it stands in the tree, not on the machine that built it.
target_compile_options(ocokit_options INTERFACE
  -ffile-prefix-map=${PROJECT_BINARY_DIR}=build -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)
if(OCOKIT_HARDENING AND CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT OCOKIT_SANITIZE)
  # As `dpkg-buildflags` has them with hardening=+all, and control-flow protection where the compiler has it.
  include(CheckPIESupported)
  check_pie_supported(LANGUAGES CXX)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  include(CheckCXXCompilerFlag)
  check_cxx_compiler_flag(-fcf-protection OCOKIT_HAS_CF_PROTECTION)
  target_compile_options(ocokit_options INTERFACE
    -fstack-protector-strong -Wformat -Werror=format-security -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
    $<$<BOOL:${OCOKIT_HAS_CF_PROTECTION}>:-fcf-protection>)
  target_link_options(ocokit_options INTERFACE -Wl,-z,relro -Wl,-z,now)
endif()
if(OCOKIT_SANITIZE)
  # The reader of test data alone goes without: what it would take to compile is in no proportion.
  set(watched $<NOT:$<BOOL:$<TARGET_PROPERTY:OCOKIT_UNWATCHED>>>)
  target_compile_options(ocokit_options INTERFACE
    $<${watched}:-fsanitize=${OCOKIT_SANITIZE}> $<${watched}:-fno-sanitize-recover=all> -fno-omit-frame-pointer)
  target_link_options(ocokit_options INTERFACE -fsanitize=${OCOKIT_SANITIZE})
endif()

# ocokit_batches(TARGET "TOGETHER" SOURCE...)
# What is compiled together where CMAKE_UNITY_BUILD is on: the sources of a folder and of those in it, those of WhiteBIT
# apart from those of BingX, which have the same names inside. A batch goes by its folder alone, so that a new source is
# compiled anew with its neighbours and with nothing else. TOGETHER: a list of texts, each of folders, apart by blanks,
# that make one batch, since reading the headers takes longer than their few sources; "here" is the target's own folder,
# and FOLDER_whitebit WhiteBIT's part of one.
function(ocokit_batches target together)
  list(FILTER ARGN EXCLUDE REGEX "^/")  # written by the build
  foreach(source IN LISTS ARGN)
    get_filename_component(folder ${source} DIRECTORY)
    string(REGEX REPLACE "/.*" "" folder "${folder}")
    if(folder STREQUAL "")
      set(folder here)
    endif()
    if(source MATCHES "whitebit[^/]*$")
      string(APPEND folder _whitebit)
    endif()
    foreach(folders IN LISTS together)
      if(" ${folders} " MATCHES " ${folder} ")
        set(folder "${folders}")
      endif()
    endforeach()
    string(MAKE_C_IDENTIFIER "${target}_${folder}" batch)
    set_property(SOURCE ${source} PROPERTY UNITY_GROUP ${batch})
  endforeach()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
endfunction()

# ocokit_library(NAME SOURCES f.cc... [PUBLIC_INCLUDE] [FUZZED] [COLD FOLDER...] [BUSY FOLDER...]
#                [TOGETHER "FOLDER FOLDER..."...] [PUBLIC lib...] [PRIVATE lib...])
# Makes ocokit_NAME, alias ocokit::NAME. PUBLIC_INCLUDE: its folder include/ is for its users. FUZZED: where fuzz targets
# are built, they see which of its branches are taken. COLD: folders in which a program spends no time, with -O1 where the
# others have -O3, which takes half as long again to compile. BUSY: folders in which the tests spend theirs, so that they
# are worth -O1 under a sanitizer, too, where the others have -O0. "all" is each folder.
function(ocokit_library name)
  cmake_parse_arguments(arg "PUBLIC_INCLUDE;FUZZED" "" "SOURCES;COLD;BUSY;TOGETHER;PUBLIC;PRIVATE" ${ARGN})
  set(target ocokit_${name})
  set(o1 "")
  if(OCOKIT_SANITIZE)
    set(o1 ${arg_BUSY})
  elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
    set(o1 ${arg_COLD})
  endif()
  set(o1_sources "")
  if(o1 AND NOT o1 STREQUAL "all")
    list(JOIN o1 "|" o1)
    set(o1_sources ${arg_SOURCES})
    list(FILTER o1_sources INCLUDE REGEX "^(${o1})/")
    list(REMOVE_ITEM arg_SOURCES ${o1_sources})
  endif()
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(ocokit::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  if(arg_PUBLIC_INCLUDE)
    target_include_directories(${target} PUBLIC
      $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
  endif()
  ocokit_library_part(${target} "${arg_SOURCES}" ${ARGN})
  if(o1 STREQUAL "all")
    target_compile_options(${target} PRIVATE -O1)
  elseif(o1_sources)
    add_library(${target}_o1 OBJECT ${o1_sources})
    target_include_directories(${target}_o1 PRIVATE $<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>)
    target_compile_definitions(${target}_o1 PRIVATE $<TARGET_PROPERTY:${target},COMPILE_DEFINITIONS>)
    target_compile_options(${target}_o1 PRIVATE -O1)
    ocokit_library_part(${target}_o1 "${o1_sources}" ${ARGN})
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${target}_o1>)
  endif()
endfunction()

# What the two parts of a library have alike: those of its SOURCES that have -O1 where others have not, and the rest.
function(ocokit_library_part target sources)
  cmake_parse_arguments(arg "PUBLIC_INCLUDE;FUZZED" "" "SOURCES;COLD;BUSY;TOGETHER;PUBLIC;PRIVATE" ${ARGN})
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target}
    PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE} $<BUILD_INTERFACE:ocokit_options>)
  if(arg_FUZZED AND OCOKIT_FUZZERS)
    target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
  endif()
  ocokit_batches(${target} "${arg_TOGETHER}" ${sources})
endfunction()

# ocokit_executable(NAME SOURCES f.cc... [COLD] [TOGETHER "FOLDER FOLDER..."...] LIBRARIES lib...)
# COLD: all of it, as in ocokit_library.
function(ocokit_executable name)
  cmake_parse_arguments(arg "COLD" "" "SOURCES;TOGETHER;LIBRARIES" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  if(arg_COLD)
    target_compile_options(${name} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} ocokit_options)
  ocokit_batches(${name} "${arg_TOGETHER}" ${arg_SOURCES})
endfunction()

# ocokit_test(NAME SOURCES f_test.cc... [TOGETHER "FOLDER FOLDER..."...] LIBRARIES lib... [ONE_THREAD] [ONE_PROCESS] [REALTIME])
# One test program; ctest sees each of its tests by name. ONE_THREAD: they start no thread, so that the thread
# sanitizer has nothing to see there. ONE_PROCESS: ctest sees the program alone, since starting it for each test, with
# the fixtures read anew, takes longer than all that is tested; so it is with every program under a sanitizer. The
# test `test_count` counts what such a program has, and prints how many. REALTIME: its tests use real sockets, processes
# or the wall clock, which a busy machine can disturb; cmake/run_tests.py runs one that fails once more, alone.
function(ocokit_test name)
  if(NOT OCOKIT_TESTS)
    return()
  endif()
  cmake_parse_arguments(arg "ONE_THREAD;ONE_PROCESS;REALTIME" "" "SOURCES;TOGETHER;LIBRARIES" ${ARGN})
  if(arg_ONE_THREAD AND OCOKIT_SANITIZE STREQUAL thread)
    return()
  endif()
  # What is tested is optimized as it ships; the tests themselves would take twice as long to compile.
  ocokit_executable(${name} COLD SOURCES ${arg_SOURCES} TOGETHER ${arg_TOGETHER}
    LIBRARIES ${arg_LIBRARIES} GTest::gmock_main)
  if(OCOKIT_SANITIZE OR arg_ONE_PROCESS)
    add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
    set_tests_properties(${name} PROPERTIES TIMEOUT 600)
    if(arg_REALTIME)
      set_tests_properties(${name} PROPERTIES LABELS realtime)
    endif()
    set_property(GLOBAL APPEND PROPERTY OCOKIT_ONE_PROCESS $<TARGET_FILE:${name}>)
  else()
    set(properties TIMEOUT 120)
    if(arg_REALTIME)
      list(APPEND properties LABELS realtime)
    endif()
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST TEST_PREFIX ${name}. PROPERTIES ${properties})
  endif()
endfunction()

# ocokit_page(FOLDER NAMESPACE)
# Writes page.cc into the folder of the build: page.html, page.css and page.js of FOLDER as
# NAMESPACE::kReportPage.
function(ocokit_page folder namespace)
  foreach(part html css js)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${folder}/page.${part})
    string(TOUPPER ${part} upper)
    file(READ ${folder}/page.${part} OCOKIT_PAGE_${upper})
  endforeach()
  file(RELATIVE_PATH OCOKIT_PAGE_FOLDER ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR}/${folder})
  set(OCOKIT_PAGE_NAMESPACE ${namespace})
  configure_file(${PROJECT_SOURCE_DIR}/cmake/page.cc.in page.cc @ONLY)
endfunction()

# ocokit_bench(NAME SOURCES f_bench.cc... LIBRARIES lib...)
# One Google Benchmark program, run once by the test `NAME.once` so that it cannot rot.
function(ocokit_bench name)
  if(NOT OCOKIT_BENCHMARKS)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "SOURCES;LIBRARIES" ${ARGN})
  ocokit_executable(${name} SOURCES ${arg_SOURCES}
    LIBRARIES ${arg_LIBRARIES} benchmark::benchmark)
  add_test(NAME ${name}.once COMMAND ${name} --benchmark_min_time=0.001)
  set_tests_properties(${name}.once PROPERTIES LABELS bench TIMEOUT 120)
endfunction()

# ocokit_fuzz(NAME SOURCES f_fuzz.cc LIBRARIES lib... [SEEDS folder] [MAX_LEN bytes])
# One libFuzzer program; `NAME.short` runs it for a few seconds, from the inputs in SEEDS on, with inputs of at
# most MAX_LEN bytes, 4096 unless given. The target
# ocokit_fuzzers is all of them.
function(ocokit_fuzz name)
  if(NOT OCOKIT_FUZZERS)
    return()
  endif()
  cmake_parse_arguments(arg "" "SEEDS;MAX_LEN" "SOURCES;LIBRARIES" ${ARGN})
  if(NOT arg_MAX_LEN)
    set(arg_MAX_LEN 4096)
  endif()
  ocokit_executable(${name} SOURCES ${arg_SOURCES} LIBRARIES ${arg_LIBRARIES})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  if(NOT TARGET ocokit_fuzzers)
    add_custom_target(ocokit_fuzzers)
  endif()
  add_dependencies(ocokit_fuzzers ${name})
  # The first folder gets what is found, the second is only read.
  set(corpus ${CMAKE_CURRENT_BINARY_DIR}/${name}_corpus)
  file(MAKE_DIRECTORY ${corpus})
  add_test(NAME ${name}.short
    COMMAND ${name} -max_total_time=${OCOKIT_FUZZ_SECONDS} -timeout=5 -max_len=${arg_MAX_LEN} -print_final_stats=0
      ${corpus} ${arg_SEEDS})
  set_tests_properties(${name}.short PROPERTIES LABELS fuzz TIMEOUT 600)
endfunction()
