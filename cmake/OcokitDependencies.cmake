# The libraries, each from the system where it has one (docs/decisions/dependencies.md).
include(FetchContent)

# A build without a system package fetches the release named here.
FetchContent_Declare(tl-expected
  URL https://github.com/TartanLlama/expected/archive/refs/tags/v1.0.0.tar.gz
  FIND_PACKAGE_ARGS)
FetchContent_Declare(nlohmann_json
  URL https://github.com/nlohmann/json/releases/download/v3.11.2/json.tar.xz
  FIND_PACKAGE_ARGS 3.11)
FetchContent_Declare(CLI11
  URL https://github.com/CLIUtils/CLI11/archive/refs/tags/v2.1.2.tar.gz
  FIND_PACKAGE_ARGS 2.1)
FetchContent_Declare(prometheus-cpp
  URL https://github.com/jupp0r/prometheus-cpp/releases/download/v1.0.1/prometheus-cpp-with-submodules.tar.gz
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
    URL https://github.com/yhirose/cpp-httplib/archive/refs/tags/v0.11.4.tar.gz)
  FetchContent_MakeAvailable(httplib)
endif()

find_package(OpenSSL 3 REQUIRED)
find_package(Threads REQUIRED)
# Asio and Beast are headers of Boost.
find_package(Boost 1.81 REQUIRED)
find_path(VALIJSON_INCLUDE_DIR valijson/validator.hpp REQUIRED)

# Without it the program uses the C library's malloc. Sanitizers bring their own.
pkg_check_modules(jemalloc IMPORTED_TARGET GLOBAL jemalloc)

if(OCOKIT_TESTS)
  FetchContent_Declare(googletest
    URL https://github.com/google/googletest/archive/refs/tags/release-1.12.1.tar.gz
    FIND_PACKAGE_ARGS NAMES GTest)
  FetchContent_MakeAvailable(googletest)
endif()
if(OCOKIT_BENCHMARKS)
  FetchContent_Declare(benchmark
    URL https://github.com/google/benchmark/archive/refs/tags/v1.7.1.tar.gz
    FIND_PACKAGE_ARGS)
  FetchContent_MakeAvailable(benchmark)
endif()
