// Has all of Boost.JSON in it, and the simulator beside.

#include <boost/json/src.hpp>
#include <cstdio>

#include "ocokit/mock/server.h"

int main() {
  const auto server = ocokit::mock::Server::Start({});
  const auto value = boost::json::parse(R"({"a":[1,2.5,null]})");
  if (!server || value.at("a").as_array().size() != 3) {
    std::fprintf(stderr, "no server, or no JSON\n");
    return 1;
  }
  return 0;
}
