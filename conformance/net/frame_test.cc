// Frames as RFC 6455, 5.7 shows them, in both directions, and cut at every position.

#include "conformance/net/frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "ocokit/base/encoding.h"

namespace ocokit::conform {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t kMostOfAFrame = 70'000;
constexpr MaskingKey kKey = {0x37, 0xfa, 0x21, 0x3d};

std::string Bytes(std::string_view hex) { return ParseHex(hex).value(); }

struct Example {
  const char* name;
  std::string bytes;
  Frame frame;
};

// RFC 6455, 5.7.
std::vector<Example> Examples() {
  const std::string small(256, 'x');
  const std::string large(65536, 'y');
  return {
      {"text", Bytes("810548656c6c6f"), {.payload = "Hello"}},
      {"masked text", Bytes("818537fa213d7f9f4d5158"), {.key = kKey, .payload = "Hello"}},
      {"first part", Bytes("010348656c"), {.fin = false, .payload = "Hel"}},
      {"last part", Bytes("80026c6f"), {.opcode = kContinuation, .payload = "lo"}},
      {"ping", Bytes("890548656c6c6f"), {.opcode = kPingFrame, .payload = "Hello"}},
      {"masked pong",
       Bytes("8a8537fa213d7f9f4d5158"),
       {.opcode = kPongFrame, .key = kKey, .payload = "Hello"}},
      {"256 bytes", Bytes("827e0100") + small, {.opcode = kBinaryFrame, .payload = small}},
      {"64 KiB", Bytes("827f0000000000010000") + large, {.opcode = kBinaryFrame, .payload = large}},
  };
}

void ExpectSame(const Frame& got, const Frame& want, const std::string& name) {
  EXPECT_EQ(got.fin, want.fin) << name;
  EXPECT_EQ(got.reserved, want.reserved) << name;
  EXPECT_EQ(got.opcode, want.opcode) << name;
  EXPECT_EQ(got.key, want.key) << name;
  EXPECT_EQ(got.payload, want.payload) << name;
  EXPECT_EQ(got.long_length, want.long_length) << name;
}

TEST(FrameTest, WritesTheExamplesOfTheRfc) {
  for (const auto& [name, bytes, frame] : Examples()) EXPECT_EQ(FormatFrame(frame), bytes) << name;
}

TEST(FrameTest, ReadsTheExamplesOfTheRfc) {
  for (const auto& [name, bytes, frame] : Examples()) {
    FrameReader reader(kMostOfAFrame);
    reader.Put(bytes);
    const auto got = reader.Next();
    ASSERT_TRUE(got) << name;
    ExpectSame(*got, frame, name);
    EXPECT_FALSE(reader.Next()) << name;
    EXPECT_THAT(reader.unread(), IsEmpty()) << name;
    EXPECT_THAT(reader.refusal(), IsEmpty()) << name;
  }
}

TEST(FrameTest, ReadsFramesCutAnywhere) {
  for (const auto& [name, bytes, frame] : Examples()) {
    const std::size_t most = std::min<std::size_t>(bytes.size(), 20);
    for (std::size_t cut = 1; cut < most; ++cut) {
      FrameReader reader(kMostOfAFrame);
      reader.Put(std::string_view(bytes).substr(0, cut));
      EXPECT_FALSE(reader.Next()) << name << " at " << cut;
      reader.Put(std::string_view(bytes).substr(cut));
      const auto got = reader.Next();
      ASSERT_TRUE(got) << name << " at " << cut;
      ExpectSame(*got, frame, name);
    }
  }
}

TEST(FrameTest, ReadsOneFrameAfterTheOther) {
  FrameReader reader(kMostOfAFrame);
  reader.Put(Bytes("010348656c") + Bytes("80026c6f") + Bytes("89"));
  EXPECT_EQ(reader.Next()->payload, "Hel");
  EXPECT_EQ(reader.Next()->payload, "lo");
  EXPECT_FALSE(reader.Next());
  EXPECT_EQ(reader.unread(), Bytes("89"));
}

TEST(FrameTest, WritesWhatNoGoodClientSends) {
  EXPECT_EQ(FormatFrame({.reserved = 4, .payload = "a"}), Bytes("c10161"));
  EXPECT_EQ(FormatFrame({.reserved = 2, .payload = "a"}), Bytes("a10161"));
  EXPECT_EQ(FormatFrame({.opcode = 3}), Bytes("8300"));
  EXPECT_EQ(FormatFrame({.fin = false, .opcode = kPingFrame}), Bytes("0900"));
  EXPECT_EQ(FormatFrame({.payload = "a", .claimed = 0x8000000000000000}),
            Bytes("817f800000000000000061"));
  EXPECT_EQ(FormatFrame({.opcode = kPingFrame, .payload = std::string(126, 'a')}).substr(0, 4),
            Bytes("897e007e"));
}

TEST(FrameTest, ReadsWhatNoGoodServerSends) {
  FrameReader reader(kMostOfAFrame);
  reader.Put(Bytes("f30161") + Bytes("817e000161") + Bytes("817f0000000000000000"));
  const auto odd = reader.Next();
  ASSERT_TRUE(odd);
  EXPECT_EQ(odd->reserved, 7U);
  EXPECT_EQ(odd->opcode, 3U);
  EXPECT_FALSE(odd->long_length);
  EXPECT_TRUE(reader.Next()->long_length);
  EXPECT_TRUE(reader.Next()->long_length);
}

TEST(FrameTest, RefusesALengthBeyondTheBoundBeforeItsBytes) {
  for (const char* hex : {"817fffffffffffffffff", "827f0000000000011171", "82ff8000000000000000"}) {
    FrameReader reader(kMostOfAFrame);
    reader.Put(Bytes(hex));
    EXPECT_FALSE(reader.Next()) << hex;
    EXPECT_THAT(reader.refusal(), HasSubstr("more than 70000")) << hex;
    reader.Put(std::string(100, 'x'));
    EXPECT_FALSE(reader.Next()) << hex;
  }
  FrameReader at_the_bound(kMostOfAFrame);
  at_the_bound.Put(Bytes("827f0000000000011170") + std::string(kMostOfAFrame, 'x'));
  EXPECT_TRUE(at_the_bound.Next());
}

TEST(FrameTest, ReadsCloseCodes) {
  EXPECT_EQ(CloseCode(Bytes("03e8")), 1000);
  EXPECT_EQ(CloseCode(Bytes("ffff") + "why"), 65535);
  EXPECT_EQ(CloseCode(Bytes("03")), std::nullopt);
  EXPECT_EQ(CloseCode(""), std::nullopt);
}

}  // namespace
}  // namespace ocokit::conform
