#include "conformance/net/look_up.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>

namespace ocokit::conform {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;
using testing::HasSubstr;

TEST(LookUpTest, FindsAddressesAndNames) {
  const auto until = steady_clock::now() + std::chrono::seconds(10);
  const auto address = LookUpEndpoints("127.0.0.1", "80", until);
  ASSERT_TRUE(address) << address.error().message;
  ASSERT_EQ(address->size(), 1u);
  EXPECT_EQ(address->front().port(), 80);
  EXPECT_TRUE(LookUpEndpoints("localhost", "80", until));
  EXPECT_FALSE(LookUpEndpoints("host.invalid", "80", until));
}

// A name server that does not answer held the caller for as long as the system likes.
TEST(LookUpTest, EndsInTime) {
  auto released = std::make_shared<std::promise<void>>();
  auto ended = std::make_shared<std::promise<void>>();
  const Resolve hangs = [wait = released->get_future().share(), ended](
                            const std::string&, const std::string&, boost::system::error_code&) {
    wait.wait();
    ended->set_value();
    return Endpoints();
  };
  const auto found =
      LookUpEndpoints("venue.example", "80", steady_clock::now() + milliseconds(20), hangs);
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().message, HasSubstr("in time"));
  released->set_value();
  ended->get_future().wait();
}

}  // namespace
}  // namespace ocokit::conform
