#include "mock_exchange/http/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <memory>
#include <string_view>

namespace ocokit::mock::http {
namespace {

template <typename T, void (*kFree)(T*)>
struct Freer {
  void operator()(T* value) const { kFree(value); }
};
void FreeBio(BIO* bio) { BIO_free(bio); }

using Bio = std::unique_ptr<BIO, Freer<BIO, FreeBio>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY, EVP_PKEY_free>>;
using X509Ptr = std::unique_ptr<X509, Freer<X509, X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION, X509_EXTENSION_free>>;

Bio Reading(const std::string& text) {
  return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

std::string TextOf(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

// OpenSSL would ask for the passphrase on the terminal.
int RefusePassphrase(char*, int, int, void*) { return -1; }

std::string AlternativeNames(const boost::asio::ip::address& host) {
  std::string out = "IP:127.0.0.1,IP:::1,DNS:localhost";
  if (!host.is_loopback() && !host.is_unspecified()) out += ",IP:" + host.to_string();
  return out;
}

bool Extend(X509* certificate, int what, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, what, value.c_str()));
  return extension != nullptr && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool Describe(X509* certificate, EVP_PKEY* key, TimePoint now, const std::string& names) {
  std::uint64_t serial = 0;
  if (RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) != 1) return false;
  const std::int64_t start =
      ToUnixMillis(now) / 1000 - std::chrono::seconds(std::chrono::days(1)).count();
  const std::int64_t end = start + std::chrono::seconds(std::chrono::days(730)).count();
  X509_NAME* name = X509_get_subject_name(certificate);
  const auto* text = reinterpret_cast<const unsigned char*>("ocokit");
  // Version 3 counts from 0. A serial number is positive.
  return X509_set_version(certificate, 2) == 1 &&
         ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1 | 1) == 1 &&
         ASN1_TIME_set(X509_getm_notBefore(certificate), start) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), end) != nullptr &&
         X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, text, -1, -1, 0) == 1 &&
         X509_set_issuer_name(certificate, name) == 1 && X509_set_pubkey(certificate, key) == 1 &&
         Extend(certificate, NID_basic_constraints, "critical,CA:TRUE") &&
         Extend(certificate, NID_key_usage, "critical,digitalSignature,keyCertSign") &&
         Extend(certificate, NID_ext_key_usage, "serverAuth") &&
         Extend(certificate, NID_subject_key_identifier, "hash") &&
         Extend(certificate, NID_subject_alt_name, names) &&
         X509_sign(certificate, key, EVP_sha256()) != 0;
}

tl::unexpected<Error> Wrong(const std::string& what) {
  // What OpenSSL noted meanwhile would be taken for the next connection's error.
  ERR_clear_error();
  return Fail(ErrorKind::kInvalidArgument, what);
}

bool HasLine(const std::string& text, std::string_view begin) {
  return text.find(begin) != std::string::npos;
}

}  // namespace

Result<Certificate> MakeCertificate(const std::string& host, TimePoint now) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(host, error);
  if (error) return Wrong("\"" + host + "\" is not an IP address like 127.0.0.1");
  const Key key(EVP_EC_gen("P-256"));
  const X509Ptr certificate(X509_new());
  const Bio certificate_text(BIO_new(BIO_s_mem()));
  const Bio key_text(BIO_new(BIO_s_mem()));
  if (!key || !certificate || !certificate_text || !key_text ||
      !Describe(certificate.get(), key.get(), now, AlternativeNames(address)) ||
      PEM_write_bio_X509(certificate_text.get(), certificate.get()) != 1 ||
      PEM_write_bio_PKCS8PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                    nullptr) != 1) {
    ERR_clear_error();
    return Fail(ErrorKind::kUnavailable, "OpenSSL cannot make a certificate");
  }
  return Certificate{TextOf(certificate_text.get()), TextOf(key_text.get())};
}

Result<void> CheckCertificate(const Certificate& certificate) {
  if (!HasLine(certificate.certificate, "-----BEGIN CERTIFICATE-----")) {
    return Wrong("the certificate is not PEM text: no line -----BEGIN CERTIFICATE-----");
  }
  if (!HasLine(certificate.key, "-----BEGIN ") || !HasLine(certificate.key, "PRIVATE KEY-----")) {
    return Wrong("the key is not PEM text: no line -----BEGIN PRIVATE KEY-----");
  }
  if (HasLine(certificate.key, "ENCRYPTED")) {
    return Wrong("the key has a passphrase; it must be given without one");
  }
  const X509Ptr x509(
      PEM_read_bio_X509(Reading(certificate.certificate).get(), nullptr, nullptr, nullptr));
  if (!x509) return Wrong("the certificate's PEM text cannot be read");
  const Key key(
      PEM_read_bio_PrivateKey(Reading(certificate.key).get(), nullptr, RefusePassphrase, nullptr));
  if (!key) return Wrong("the key's PEM text cannot be read");
  if (X509_check_private_key(x509.get(), key.get()) != 1) {
    return Wrong("the key does not belong to the certificate");
  }
  return {};
}

}  // namespace ocokit::mock::http
