# The libraries, each from the system where it has one (docs/decisions/dependencies.md).
include(FetchContent)

# A build without a system package fetches the release named here, by its hash: the sums are those that
# Conan Center and other package collections publish for the same archives.
FetchContent_Declare(tl-expected
  URL https://github.com/TartanLlama/expected/archive/refs/tags/v1.0.0.tar.gz
  URL_HASH SHA256=8f5124085a124113e75e3890b4e923e3a4de5b26a973b891b3deb40e19c03cee
  FIND_PACKAGE_ARGS)
FetchContent_Declare(nlohmann_json
  URL https://github.com/nlohmann/json/releases/download/v3.11.2/json.tar.xz
  URL_HASH SHA256=8c4b26bf4b422252e13f332bc5e388ec0ab5c3443d24399acb675e68278d341f
  FIND_PACKAGE_ARGS 3.11)
FetchContent_Declare(CLI11
  URL https://github.com/CLIUtils/CLI11/archive/v2.1.2.tar.gz
  URL_HASH SHA256=26291377e892ba0e5b4972cdfd4a2ab3bf53af8dac1f4ea8fe0d1376b625c8cb
  FIND_PACKAGE_ARGS 2.1)
# Its core alone, which needs no other library.
set(ENABLE_PULL OFF)
set(ENABLE_PUSH OFF)
set(ENABLE_COMPRESSION OFF)
set(ENABLE_TESTING OFF)
FetchContent_Declare(prometheus-cpp
  URL https://github.com/jupp0r/prometheus-cpp/archive/v1.0.1.tar.gz
  URL_HASH SHA256=593e028d401d3298eada804d252bc38d8cab3ea1c9e88bcd72095281f85e6d16
  FIND_PACKAGE_ARGS)
set(FETCHCONTENT_QUIET ON)
FetchContent_MakeAvailable(tl-expected nlohmann_json CLI11 prometheus-cpp)

# Debian's cpp-httplib is a compiled library described by pkg-config alone.
find_package(PkgConfig REQUIRED)
pkg_check_modules(httplib IMPORTED_TARGET GLOBAL cpp-httplib)
if(httplib_FOUND)
  add_library(httplib::httplib ALIAS PkgConfig::httplib)
else()
  FetchContent_Declare(httplib
    URL https://github.com/yhirose/cpp-httplib/archive/v0.12.3.tar.gz
    URL_HASH SHA256=175ced3c9cdaf221e9edf210297568d8f7d402a41d6db01254ac9e0b25487c54)
  FetchContent_MakeAvailable(httplib)
endif()

pkg_check_modules(re2 REQUIRED IMPORTED_TARGET GLOBAL re2)
find_package(OpenSSL 3 REQUIRED)
find_package(Threads REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(ZLIB REQUIRED)
# Asio and Beast are headers of Boost; JSON is a library.
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_path(VALIJSON_INCLUDE_DIR valijson/validator.hpp REQUIRED)
add_library(ocokit_valijson INTERFACE)
target_include_directories(ocokit_valijson SYSTEM INTERFACE ${VALIJSON_INCLUDE_DIR})

# Without it the program uses the C library's malloc. Sanitizers bring their own.
pkg_check_modules(jemalloc IMPORTED_TARGET GLOBAL jemalloc)

if(OCOKIT_TESTS)
  FetchContent_Declare(googletest
    URL https://github.com/google/googletest/archive/refs/tags/release-1.12.1.tar.gz
    URL_HASH SHA256=81964fe578e9bd7c94dfdb09c8e4d6e6759e19967e397dbea48d1c10e45d0df2
    FIND_PACKAGE_ARGS NAMES GTest)
  FetchContent_MakeAvailable(googletest)
endif()
if(OCOKIT_BENCHMARKS)
  FetchContent_Declare(benchmark
    URL https://github.com/google/benchmark/archive/refs/tags/v1.7.1.tar.gz
    URL_HASH SHA256=6430e4092653380d9dc4ccb45a1e2dc9259d581f4866dc0759713126056bc1d7
    FIND_PACKAGE_ARGS)
  FetchContent_MakeAvailable(benchmark)
endif()
