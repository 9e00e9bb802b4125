#include "mock_exchange/venue/number.h"

#include <gtest/gtest.h>

#include <string>

#include "base/testing/decimal.h"

namespace ocokit::mock {
namespace {

const std::string kZeros(40, '0');

TEST(ReadDecimal, LeavesATraceOfWhatItCutsWhereItIsAskedTo) {
  const struct {
    std::string text;
    const char* cut;
    const char* traced;
  } cases[] = {
      {"0.001", "0.001", "0.001"},
      {"0.001" + kZeros + "1", "0.001", "0.001000000000000000001"},
      {"-0.001" + kZeros + "1", "-0.001", "-0.001000000000000000001"},
      {"1e-40", "0.00000000000000000001", "0.000000000000000000001"},
      {"9999999999." + kZeros + "5", "9999999999", "9999999999.000000000000000000001"},
      {"15" + kZeros + "1e-42", "1.5", "1.500000000000000000001"},
      // Fewer decimals where the whole digits leave no room for twenty.
      {"12345678901234567890123456789012.34567" + kZeros + "1",
       "12345678901234567890123456789012.34567", "12345678901234567890123456789012.345671"},
      {"1234567890123456789012345678901234567.8" + kZeros,
       "1234567890123456789012345678901234567.8", "1234567890123456789012345678901234567.8"},
      {"0e-99999999999999999999", "0", "0"}};
  for (const auto& [text, cut, traced] : cases) {
    EXPECT_EQ(ReadDecimal(text, Beyond::kCut).value().Format(), cut) << text;
    EXPECT_EQ(ReadDecimal(text, Beyond::kTrace).value().Format(), traced) << text;
  }
}

TEST(ReadDecimal, TellsWhatIsTooLargeFromWhatIsNoNumber) {
  for (const Beyond beyond : {Beyond::kCut, Beyond::kTrace}) {
    for (const char* text : {"1e40", "-1e40", "1e+99999999999999999999", "1e38"}) {
      EXPECT_EQ(ReadDecimal(text, beyond).error().kind, ErrorKind::kOutOfRange) << text;
    }
    for (const char* text : {"", "1e", ".1", "1e-40x"}) {
      EXPECT_EQ(ReadDecimal(text, beyond).error().kind, ErrorKind::kInvalidArgument) << text;
    }
  }
}

}  // namespace
}  // namespace ocokit::mock
