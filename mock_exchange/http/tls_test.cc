// The listener in TLS, seen by OpenSSL's own client.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <condition_variable>
#include <mutex>

#include "mock_exchange/http/listener.h"
#include "mock_exchange/testing/hello.h"
#include "mock_exchange/testing/parrot.h"
#include "mock_exchange/testing/raw_socket.h"
#include "mock_exchange/testing/ws_client.h"

namespace ocokit::mock::http {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::Hello;
using testing::kAsk;
using testing::kHello;

Certificate Make() { return MakeCertificate("127.0.0.1", SystemClock().Now()).value(); }

// How a TLS connection ends: told by the peer, cut, or reset.
enum class TlsEnd { kGoodbye, kCut, kReset };

// Trusts one certificate, and checks that it is for 127.0.0.1.
class TlsClient {
 public:
  TlsClient(std::uint16_t port, const std::string& trusted)
      : socket_(port), context_(SSL_CTX_new(TLS_client_method())) {
    BIO* pem = BIO_new_mem_buf(trusted.data(), static_cast<int>(trusted.size()));
    X509* certificate = PEM_read_bio_X509(pem, nullptr, nullptr, nullptr);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context_), certificate);
    X509_free(certificate);
    BIO_free(pem);
    SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, nullptr);
    ssl_ = SSL_new(context_);
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_), "127.0.0.1");
    SSL_set_fd(ssl_, socket_.fd());
  }
  ~TlsClient() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
    ERR_clear_error();
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  bool Connect() { return SSL_connect(ssl_) == 1; }
  [[nodiscard]] long verified() const { return SSL_get_verify_result(ssl_); }
  void Send(std::string_view bytes) {
    ASSERT_EQ(SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())),
              static_cast<int>(bytes.size()));
  }
  std::string Receive(std::size_t size) {
    std::string out;
    while (out.size() < size && Read(out)) continue;
    return out;
  }
  std::string ReceiveAll() {
    std::string out;
    while (Read(out)) continue;
    return out;
  }
  [[nodiscard]] TlsEnd end() const { return end_; }
  RawSocket& socket() { return socket_; }

 private:
  bool Read(std::string& out) {
    char buffer[4096];
    ERR_clear_error();
    errno = 0;
    const int n = SSL_read(ssl_, buffer, sizeof buffer);
    if (n > 0) {
      out.append(buffer, static_cast<std::size_t>(n));
      return true;
    }
    const int error = SSL_get_error(ssl_, n);
    end_ = error == SSL_ERROR_ZERO_RETURN ? TlsEnd::kGoodbye
           : errno == ECONNRESET          ? TlsEnd::kReset
                                          : TlsEnd::kCut;
    return false;
  }

  RawSocket socket_;
  SSL_CTX* context_;
  SSL* ssl_ = nullptr;
  TlsEnd end_ = TlsEnd::kGoodbye;
};

class TlsTest : public ::testing::Test {
 protected:
  void Start(const Handler& handler, ListenOptions options = {}) {
    options.tls = certificate_;
    auto started = Listener::Start(options, handler);
    ASSERT_TRUE(started) << started.error().message;
    listener_ = std::move(*started);
  }
  void Deliver(const Delivery& delivery) {
    Start([delivery](const Request&) {
      Answer answer = Hello();
      answer.delivery = delivery;
      return answer;
    });
  }
  [[nodiscard]] std::uint16_t port() const { return listener_->port(); }

  const Certificate certificate_ = Make();
  std::unique_ptr<Listener> listener_;
};

TEST_F(TlsTest, CarriesAWebSocket) {
  const auto parrot = std::make_shared<testing::Parrot>();
  Start([&](const Request& request) -> Answer {
    return {.channel = parrot,
            .websocket_key = std::string(request.FindHeader("Sec-WebSocket-Key").value_or(""))};
  });
  TlsClient client(port(), certificate_.certificate);
  ASSERT_TRUE(client.Connect());
  client.Send(
      "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n");
  EXPECT_THAT(client.Receive(1), HasSubstr("HTTP/1.1 101 "));
  client.Send(MakeFrame(Opcode::kText, "hello"));
  EXPECT_EQ(client.Receive(7), "\x81\x05hello");
  client.Send(MakeFrame(Opcode::kClose, CloseWith(1000)));
  EXPECT_EQ(client.ReceiveAll(), "\x88\x02" + CloseWith(1000));
  EXPECT_EQ(parrot->AwaitEnd().code, 1000);
}

TEST_F(TlsTest, AnswersSeveralRequestsOfAConnection) {
  Start([](const Request& request) {
    Answer answer = Hello();
    answer.response = Share({.body = request.target + " " + std::to_string(request.body.size())});
    return answer;
  });
  TlsClient client(port(), certificate_.certificate);
  ASSERT_TRUE(client.Connect());
  EXPECT_EQ(client.verified(), X509_V_OK);
  // More than one record, and requests that follow at once.
  const std::string body(100'000, 'x');
  client.Send("POST /1 HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n" + body +
              "GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
  client.Send("GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string all = client.ReceiveAll();
  EXPECT_THAT(all, HasSubstr("/1 100000"));
  EXPECT_LT(all.find("/1 100000"), all.find("/2 0"));
  EXPECT_THAT(all, EndsWith("/3 0"));
  EXPECT_EQ(client.end(), TlsEnd::kGoodbye);
}

TEST_F(TlsTest, ACertificateThatIsNotTrustedIsRefusedByTheClient) {
  Start([](const Request&) { return Hello(); });
  TlsClient client(port(), Make().certificate);
  EXPECT_FALSE(client.Connect());
  EXPECT_NE(client.verified(), X509_V_OK);
}

TEST_F(TlsTest, PlainBytesAreNoHandshake) {
  Start([](const Request&) { return Hello(); });
  RawSocket socket(port());
  socket.Send(kAsk);
  EXPECT_THAT(socket.ReceiveAll(), ::testing::Not(HasSubstr("HTTP/1.1")));
}

TEST_F(TlsTest, AHandshakeThatStallsIsGivenUp) {
  ListenOptions options;
  options.request_timeout = milliseconds(100);
  Start([](const Request&) { return Hello(); }, options);
  RawSocket socket(port());
  EXPECT_TRUE(socket.Closed());
}

TEST_F(TlsTest, StopDoesNotWaitForAHandshakeOrAnIdleConnection) {
  Start([](const Request&) { return Hello(); });
  RawSocket silent(port());
  TlsClient idle(port(), certificate_.certificate);
  ASSERT_TRUE(idle.Connect());
  idle.Send(kAsk);
  EXPECT_EQ(idle.Receive(kHello.size()), kHello);
  listener_->Stop();
  EXPECT_EQ(listener_->connections(), 0U);
}

TEST_F(TlsTest, AResetIsOneOfTheTcpConnection) {
  Deliver({.kind = Delivery::Kind::kReset});
  TlsClient client(port(), certificate_.certificate);
  ASSERT_TRUE(client.Connect());
  client.Send(kAsk);
  EXPECT_EQ(client.ReceiveAll(), "");
  EXPECT_EQ(client.end(), TlsEnd::kReset);
}

TEST_F(TlsTest, AHalfCloseSaysNoGoodbyeAndGoesOnReading) {
  Deliver({.kind = Delivery::Kind::kHalfClose});
  TlsClient client(port(), certificate_.certificate);
  ASSERT_TRUE(client.Connect());
  client.Send(kAsk);
  EXPECT_EQ(client.ReceiveAll(), "");
  EXPECT_EQ(client.end(), TlsEnd::kCut);
  const std::string chunk(65536, 'x');
  for (int i = 0; i < 64; ++i) ASSERT_TRUE(client.socket().Send(chunk));
}

TEST_F(TlsTest, AnEarlyCloseSaysNoGoodbye) {
  Deliver({.kind = Delivery::Kind::kCloseEarly, .bytes = 40});
  TlsClient client(port(), certificate_.certificate);
  ASSERT_TRUE(client.Connect());
  client.Send(kAsk);
  EXPECT_EQ(client.ReceiveAll(), kHello.substr(0, 40));
  EXPECT_EQ(client.end(), TlsEnd::kCut);
}

TEST_F(TlsTest, DripAndCopiesComeWhole) {
  Deliver(
      {.kind = Delivery::Kind::kSlowDrip, .bytes = 50, .interval = milliseconds(2), .copies = 2});
  TlsClient client(port(), certificate_.certificate);
  ASSERT_TRUE(client.Connect());
  client.Send(kAsk);
  EXPECT_EQ(client.Receive(2 * kHello.size()), std::string(kHello) + std::string(kHello));
}

// A text that says something once, and goes on.
class OneLine final : public TextSource {
 public:
  std::optional<std::string> Take() override { return taken_.exchange(true) ? "" : "line\n"; }
  void WakeOnce(std::function<void()>) override {}

 private:
  std::atomic<bool> taken_{false};
};

TEST_F(TlsTest, ATextComesAndThePeersLeavingIsNoticed) {
  std::mutex mutex;
  std::condition_variable came;
  int sent = 0;
  Start([&](const Request&) {
    Answer answer;
    answer.more = std::make_shared<OneLine>();
    answer.on_sent = [&](const Sent&) {
      const std::lock_guard lock(mutex);
      ++sent;
      came.notify_all();
    };
    return answer;
  });
  const std::string_view head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nline\n";
  {
    TlsClient client(port(), certificate_.certificate);
    ASSERT_TRUE(client.Connect());
    client.Send(kAsk);
    EXPECT_EQ(client.Receive(head.size()), head);
  }
  std::unique_lock lock(mutex);
  EXPECT_TRUE(came.wait_for(lock, std::chrono::seconds(5), [&] { return sent == 1; }));
}

// ---- the certificate ----

TEST(CertificateTest, IsForTheNamesAndTheTimeItSays) {
  const TimePoint now = FromUnixMillis(1'700'000'000'000);
  const Certificate made = MakeCertificate("10.1.2.3", now).value();
  BIO* pem = BIO_new_mem_buf(made.certificate.data(), static_cast<int>(made.certificate.size()));
  X509* certificate = PEM_read_bio_X509(pem, nullptr, nullptr, nullptr);
  ASSERT_NE(certificate, nullptr);
  for (const char* address : {"127.0.0.1", "::1", "10.1.2.3"}) {
    EXPECT_EQ(X509_check_ip_asc(certificate, address, 0), 1) << address;
  }
  EXPECT_EQ(X509_check_ip_asc(certificate, "10.1.2.4", 0), 0);
  EXPECT_EQ(X509_check_host(certificate, "localhost", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_ca(certificate), 1);
  time_t from = 1'700'000'000 - 86'400;
  time_t to = from + time_t{730} * 86'400;
  EXPECT_EQ(ASN1_TIME_cmp_time_t(X509_get0_notBefore(certificate), from), 0);
  EXPECT_EQ(ASN1_TIME_cmp_time_t(X509_get0_notAfter(certificate), to), 0);
  X509_free(certificate);
  BIO_free(pem);
  // Each has a key of its own.
  EXPECT_NE(made.key, MakeCertificate("10.1.2.3", now).value().key);
  EXPECT_EQ(MakeCertificate("localhost", now).error().kind, ErrorKind::kInvalidArgument);
}

// An EC key of OpenSSL's, behind the passphrase "secret".
std::string EncryptedKey() {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  BIO* out = BIO_new(BIO_s_mem());
  char phrase[] = "secret";
  PEM_write_bio_PKCS8PrivateKey(out, key, EVP_aes_128_cbc(), phrase, 6, nullptr, nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(out, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(out);
  EVP_PKEY_free(key);
  return text;
}

TEST(CertificateTest, SaysWhatIsWrong) {
  const Certificate good = Make();
  EXPECT_TRUE(CheckCertificate(good));
  // Those that vouch for it may follow.
  EXPECT_TRUE(CheckCertificate({good.certificate + Make().certificate, good.key}));
  struct Case {
    Certificate certificate;
    const char* says;
  };
  const auto spoil = [](std::string text) { return text.replace(60, 8, "????????"); };
  const Case cases[] = {
      {{"", good.key}, "the certificate is not PEM text"},
      {{good.key, good.key}, "the certificate is not PEM text"},
      {{good.certificate, ""}, "the key is not PEM text"},
      {{good.certificate, good.certificate}, "the key is not PEM text"},
      {{spoil(good.certificate), good.key}, "the certificate's PEM text cannot be read"},
      {{good.certificate, spoil(good.key)}, "the key's PEM text cannot be read"},
      {{good.certificate, EncryptedKey()}, "passphrase"},
      {{good.certificate, Make().key}, "the key does not belong to the certificate"}};
  for (const Case& c : cases) {
    const auto ok = CheckCertificate(c.certificate);
    ASSERT_FALSE(ok) << c.says;
    EXPECT_EQ(ok.error().kind, ErrorKind::kInvalidArgument);
    EXPECT_THAT(ok.error().message, HasSubstr(c.says));
    ListenOptions options;
    options.tls = c.certificate;
    const auto started = Listener::Start(options, [](const Request&) { return Hello(); });
    ASSERT_FALSE(started) << c.says;
    EXPECT_EQ(started.error(), ok.error());
  }
}

}  // namespace
}  // namespace ocokit::mock::http
