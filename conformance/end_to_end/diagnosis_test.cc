// Every refused vector of fixtures/signing is named rightly: over HTTP, in the journal, and by
// `ocokit doctor`.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "fixtures/fixtures.h"
#include "mock_exchange/testing/raw_socket.h"
#include "ocokit/mock/server.h"

namespace ocokit {
namespace {

using fixtures::BingxSigningVector;
using fixtures::PayloadVerdict;
using fixtures::WhitebitSigningVector;
using ::testing::AnyOf;
using ::testing::HasSubstr;

// A vector as a request, and what the doctor should call it.
struct Sick {
  std::string id;
  std::string mistake;
  mock::Venue venue{};
  std::string key;
  std::string secret;
  std::string raw;  // the HTTP request
  std::int64_t now_ms = 0;
};

void PrintTo(const Sick& sick, std::ostream* out) { *out << sick.id << " " << sick.mistake; }

std::string WriteRaw(const std::string& target, const std::vector<mock::Header>& headers,
                     const std::string& body) {
  std::string out = "POST " + target + " HTTP/1.1\r\nHost: x\r\n";
  for (const mock::Header& header : headers) out += header.name + ": " + header.value + "\r\n";
  return out + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

Sick MakeSick(const BingxSigningVector& vector) {
  Sick out{vector.id, vector.mistake, mock::Venue::kBingx, vector.api_key, vector.secret, "", 0};
  std::string target = "/openApi/spot/v1/oco/order";
  if (!vector.query.empty()) target += "?" + vector.query;
  out.raw = WriteRaw(target, {{"X-BX-APIKEY", vector.api_key}}, vector.body);
  out.now_ms = 1'700'000'000'000;
  for (const fixtures::Param& param : vector.params) {
    if (param.key == "timestamp") out.now_ms = std::atoll(param.value.c_str());
  }
  return out;
}

Sick MakeSick(const WhitebitSigningVector& vector) {
  Sick out{vector.id, vector.mistake, mock::Venue::kWhitebit, vector.api_key, vector.secret, "", 0};
  out.raw = WriteRaw(vector.path,
                     {{"X-TXC-APIKEY", vector.api_key},
                      {"X-TXC-PAYLOAD", vector.payload},
                      {"X-TXC-SIGNATURE", vector.signature}},
                     vector.body);
  out.now_ms = 1'700'000'000'000;
  return out;
}

std::vector<Sick> AllSick() {
  std::vector<Sick> out;
  for (const BingxSigningVector& vector : fixtures::BingxSigning()) {
    if (!vector.mistake.empty()) out.push_back(MakeSick(vector));
  }
  for (const WhitebitSigningVector& vector : fixtures::WhitebitSigning()) {
    if (!vector.mistake.empty() && vector.canonical != PayloadVerdict::kAccept) {
      out.push_back(MakeSick(vector));
    }
  }
  return out;
}

class DiagnosisEndToEnd : public ::testing::TestWithParam<Sick> {
 protected:
  // Starts a server with the vector's account, its clock where the vector needs it.
  void Start() {
    server_ = mock::Server::Start({.default_accounts = false}).value();
    mock::AccountOptions options;
    options.venue = GetParam().venue;
    // WhiteBIT's dialect `live` wants the payload that the venue wants.
    options.dialect = mock::Dialect::kLive;
    options.key = GetParam().key;
    options.secret = GetParam().secret;
    options.frozen_at = FromUnixMillis(GetParam().now_ms);
    options.settings.diagnosis_header = true;
    account_ = server_->AddAccount(options).value();
  }

  std::unique_ptr<mock::Server> server_;
  std::optional<mock::AccountHandle> account_;
};

TEST_P(DiagnosisEndToEnd, NamesTheMistakeOverHttpAndInTheJournal) {
  Start();
  mock::RawSocket socket(server_->port());
  ASSERT_TRUE(socket.connected());
  socket.Send(GetParam().raw);
  const std::string reply = socket.Receive(1);
  // A second mistake, where it takes two to explain the request, stands behind a comma.
  const std::string header = "\r\nOcokit-Diagnosis: " + GetParam().mistake;
  EXPECT_THAT(reply, AnyOf(HasSubstr(header + "\r\n"), HasSubstr(header + ", ")));
  const std::vector<mock::JournalEntry> journal = account_->Journal();
  ASSERT_EQ(journal.size(), 1U);
  ASSERT_TRUE(journal.front().diagnosis);
  EXPECT_EQ(journal.front().diagnosis->id, GetParam().mistake);
  EXPECT_FALSE(journal.front().diagnosis->fix.empty());
}

TEST_P(DiagnosisEndToEnd, NamesTheMistakeByCommandLine) {
  const std::string folder = ::testing::TempDir() + "/ocokit-" + GetParam().id;
  std::ofstream(folder + ".http", std::ios::binary) << GetParam().raw;
  std::ofstream(folder + ".secret", std::ios::binary) << GetParam().secret << "\n";
  const std::string command = std::string(OCOKIT_PROGRAM) + " doctor --json --venue " +
                              std::string(mock::Name(GetParam().venue)) + " --key " +
                              GetParam().key + " --secret-file " + folder + ".secret --request " +
                              folder + ".http";
  std::FILE* pipe = popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::string out;
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
    out.append(buffer.data(), size);
  }
  EXPECT_EQ(WEXITSTATUS(pclose(pipe)), 1) << out;
  EXPECT_THAT(out, HasSubstr("\"id\":\"" + GetParam().mistake + "\""));
  std::remove((folder + ".http").c_str());
  std::remove((folder + ".secret").c_str());
}

INSTANTIATE_TEST_SUITE_P(Vectors, DiagnosisEndToEnd, ::testing::ValuesIn(AllSick()),
                         [](const auto& tested) {
                           std::string name = tested.param.id;
                           for (char& c : name) c = c == '-' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace ocokit
