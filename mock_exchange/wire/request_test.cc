#include "mock_exchange/wire/request.h"

#include <gtest/gtest.h>

namespace ocokit::mock {
namespace {

TEST(Request, PathAndQueryOfEitherForm) {
  struct Case {
    const char* target;
    const char* path;
    const char* query;
  };
  const Case cases[] = {{"/a/b?c=d?e", "/a/b", "c=d?e"},
                        {"/a", "/a", ""},
                        {"/a?", "/a", ""},
                        {"http://host:1/a?b", "/a", "b"},
                        {"https://host", "/", ""},
                        {"//a", "//a", ""},
                        {"*", "*", ""}};
  for (const Case& c : cases) {
    Request request;
    request.target = c.target;
    EXPECT_EQ(request.Path(), c.path) << c.target;
    EXPECT_EQ(request.Query(), c.query) << c.target;
  }
}

}  // namespace
}  // namespace ocokit::mock
