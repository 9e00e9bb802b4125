// What steps of streams send, byte by byte.

#include "conformance/server/stream_frames.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "conformance/server/streams.h"
#include "ocokit/base/encoding.h"

namespace ocokit::conform::server {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// The key of RFC 6455, 5.7.
MaskingKey SampleKey() { return {0x37, 0xfa, 0x21, 0x3d}; }

StreamBytes Bytes(const std::string& step, const Saved& saved = {}) {
  return MakeStreamBytes(json::parse(step), Maker(), saved, SampleKey);
}

struct BytesRow {
  const char* step;
  const char* hex;
};

TEST(StreamFrames, AreWrittenAsTheStepSays) {
  const BytesRow rows[] = {
      {R"({"text":"Hello"})", "818537fa213d7f9f4d5158"},
      {R"({"frames":[{"text":"Hello","masked":false}]})", "810548656c6c6f"},
      {R"({"frames":[{"text":"Hel","fin":false,"masked":false},
                     {"opcode":"continuation","text":"lo","masked":false}]})",
       "010348656c80026c6f"},
      {R"({"frames":[{"opcode":"pong","text":"Hello"}]})", "8a8537fa213d7f9f4d5158"},
      {R"({"frames":[{"opcode":11,"reserved":4,"masked":false}]})", "cb00"},
      {R"({"frames":[{"opcode":"close","code":1000,"text":"x","masked":false}]})", "880303e878"},
      {R"({"frames":[{"hex":"c328","masked":false}]})", "8102c328"},
      {R"({"frames":[{"text":"a","hex":"ff","repeat":2,"masked":false}]})", "810461ff61ff"},
      {R"({"frames":[{"claimed":9223372036854775807,"masked":false}]})", "817f7fffffffffffffff"},
      {R"({"frames":[{"json":{"a":[1]},"masked":false}]})", "81097b2261223a5b315d7d"},
  };
  for (const BytesRow& row : rows) {
    const std::string got = Bytes(row.step).bytes;
    EXPECT_EQ(got, ParseHex(row.hex).value()) << row.step;
  }
}

TEST(StreamFrames, SayWhatWasSaved) {
  Saved saved;
  saved["token"] = StringValue("abc");
  const std::string shown = Bytes(R"({"send":{"params":[{"$saved_text":"token"}]}})", saved).shown;
  EXPECT_EQ(shown, R"(text: {"params":["abc"]})");
}

TEST(StreamFrames, AreShownToPeople) {
  EXPECT_EQ(Bytes(R"({"frames":[{"text":"a","fin":false,"masked":false,"reserved":4}]})").shown,
            "text: a (more follows) (not masked) (reserved bits 4)");
  EXPECT_EQ(Bytes(R"({"frames":[{"hex":"c328"}]})").shown, "text in hex: c328");
  EXPECT_EQ(Bytes(R"({"frames":[{"opcode":3},{"opcode":"close","code":1001}]})").shown,
            "opcode 3\nclose 1001");
  EXPECT_EQ(ShowFrame(kBinaryFrame, "\x1f\x8b"), "binary in hex: 1f8b");
  EXPECT_EQ(ShowFrame(kCloseFrame, "\x03\xe8gone"), "close 1000 gone");
}

TEST(StreamFrames, KnowTheirClosingFrames) {
  EXPECT_TRUE(Bytes(R"({"frames":[{"opcode":"ping"},{"opcode":"close"}]})").closes);
  EXPECT_FALSE(Bytes(R"({"frames":[{"opcode":"ping"}]})").closes);
}

TEST(StreamFrames, AWrongStepIsTheCasesFault) {
  EXPECT_THROW((void)Bytes(R"({"frames":[{"opcode":"text2"}]})"), std::invalid_argument);
  EXPECT_THROW((void)Bytes(R"({"frames":[{"hex":"f"}]})"), std::invalid_argument);
  EXPECT_THROW((void)Bytes(R"({"send":{"$saved":"nobody"}})"), std::invalid_argument);
  EXPECT_ANY_THROW((void)Bytes(R"({})"));
}

// A real venue gets nothing in which an order could be.
TEST(StreamFrames, KnowWhatCouldBeAnOrder) {
  const std::string hex(70, 'a');
  const std::pair<std::string, bool> rows[] = {
      {R"({"send":{"method":"ping"}})", true},
      {R"({"send":{"method":"ordersPending_subscribe"}})", true},
      {R"({"send":{"method":"order_limit_place"}})", false},
      {R"({"text":"{\"method\":\"collateral_order_oco_place\"}"})", false},
      {R"({"frames":[{"fin":false,"text":"{\"method\":\"order_l"},{"text":"imit_place\"}"}]})",
       false},
      {R"({"frames":[{"fin":false,"text":"{\"method\":\"orde"},{"text":"r_cancel\"}"}]})", false},
      {R"({"frames":[{"json":{"method":"order_modify"}}]})", false},
      {R"({"frames":[{"hex":")" + hex + R"("}]})", false},
      {R"({"frames":[{"opcode":"ping","text":"x"}]})", true},
  };
  for (const auto& [step, want] : rows) EXPECT_EQ(SendsNoOrder(json::parse(step)), want) << step;
}

}  // namespace
}  // namespace ocokit::conform::server
