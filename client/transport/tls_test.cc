// The transport over TLS, against a server whose certificate this test makes.

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <atomic>
#include <csignal>
#include <string>

#include "base/testing/raw_server.h"
#include "client/testing/test_ca.h"
#include "ocokit/client/http_transport.h"

namespace ocokit::client {
namespace {

using sockets::RawServer;

class TlsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    // The test's own server writes through OpenSSL, which does not suppress the signal.
    std::signal(SIGPIPE, SIG_IGN);
    context_ = SSL_CTX_new(TLS_server_method());
    SSL_CTX_use_certificate(context_, ca_.server_cert.get());
    SSL_CTX_use_PrivateKey(context_, ca_.server_key.get());
    ca_file_ = ::testing::TempDir() + "ocokit_tls_test_" + std::to_string(getpid()) + ".pem";
    ca_.WriteTo(ca_file_);
    server_ = std::make_unique<RawServer>([this](int fd) { Answer(fd); });
    options_.base_url = "https://127.0.0.1:" + std::to_string(server_->port());
    options_.ca_file = ca_file_;
  }
  void TearDown() override {
    server_.reset();
    SSL_CTX_free(context_);
    std::remove(ca_file_.c_str());
  }

  void Answer(int fd) {
    SSL* ssl = SSL_new(context_);
    SSL_set_fd(ssl, fd);
    char buffer[4096];
    if (SSL_accept(ssl) == 1) {
      while (SSL_read(ssl, buffer, sizeof buffer) > 0) {
        ++requests_;
        if (silent_) continue;
        const std::string reply = sockets::JsonReply(body_);
        SSL_write(ssl, reply.data(), static_cast<int>(reply.size()));
      }
    }
    SSL_free(ssl);
  }

  tl::expected<HttpResponse, TransportError> SendOnce() {
    auto transport = MakeHttpTransport(options_).value();
    return transport->Send({.target = "/"});
  }

  void ExpectRefused() {
    const auto reply = SendOnce();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().failure, TransportFailure::kTls) << reply.error().message;
    EXPECT_FALSE(reply.error().may_have_been_sent);
    EXPECT_EQ(requests_, 0);
  }

  testing::TestCa ca_;
  SSL_CTX* context_ = nullptr;
  std::string ca_file_;
  std::string body_ = "{}";
  bool silent_ = false;
  std::atomic<int> requests_{0};
  std::unique_ptr<RawServer> server_;
  HttpTransportOptions options_;
};

TEST_F(TlsTest, TrustsTheGivenAuthorityAndKeepsTheConnection) {
  auto transport = MakeHttpTransport(options_).value();
  for (int i = 0; i < 3; ++i) {
    const auto reply = transport->Send({.target = "/"});
    ASSERT_TRUE(reply) << reply.error().message;
    EXPECT_EQ(reply->body, "{}");
  }
  EXPECT_EQ(server_->connections(), 1);
}

// Several records, and no byte of the reply goes uncounted.
TEST_F(TlsTest, CountsWholeReplies) {
  body_ = std::string(300'000, 'x');
  options_.max_response_bytes = sockets::JsonReply(body_).size();
  auto transport = MakeHttpTransport(options_).value();
  for (int i = 0; i < 3; ++i) {
    const auto reply = transport->Send({.target = "/"});
    ASSERT_TRUE(reply) << reply.error().message;
    EXPECT_EQ(reply->body, body_);
  }
  EXPECT_EQ(server_->connections(), 1);
  --options_.max_response_bytes;
  const auto reply = SendOnce();
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().failure, TransportFailure::kTooLarge) << reply.error().message;
}

TEST_F(TlsTest, SilenceEndsAtTheReadTimeout) {
  silent_ = true;
  options_.read_timeout = milliseconds(50);
  const auto reply = SendOnce();
  ASSERT_FALSE(reply);
  EXPECT_EQ(reply.error().failure, TransportFailure::kReceive) << reply.error().message;
}

TEST_F(TlsTest, RefusesAnAuthorityItDoesNotKnow) {
  const testing::TestCa other;
  other.WriteTo(ca_file_);
  ExpectRefused();
}

TEST_F(TlsTest, RefusesACertificateOfAnotherHost) {
  options_.base_url = "https://localhost:" + std::to_string(server_->port());
  ExpectRefused();
}

TEST_F(TlsTest, TakesAnyCertificateOnlyWhenToldTo) {
  options_.ca_file.clear();
  options_.verify_certificate = false;
  EXPECT_TRUE(SendOnce());
}

}  // namespace
}  // namespace ocokit::client
