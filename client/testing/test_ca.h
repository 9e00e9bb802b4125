#pragma once

// TestCa: a certificate authority and a server certificate for 127.0.0.1, made for one test run.

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <memory>
#include <string>

namespace ocokit::client::testing {

using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using CertPtr = std::unique_ptr<X509, decltype(&X509_free)>;

inline void AddExtension(X509* cert, int nid, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
  X509_add_ext(cert, extension, -1);
  X509_EXTENSION_free(extension);
}

// A certificate of `name`, good for an hour, with `key`'s public half, signed by the issuer.
inline CertPtr MakeCert(const char* name, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key,
                        int extension, const char* value) {
  CertPtr cert(X509_new(), X509_free);
  X509_set_version(cert.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), issuer == nullptr ? 1 : 2);
  X509_gmtime_adj(X509_getm_notBefore(cert.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(cert.get()), 3600);
  X509_set_pubkey(cert.get(), key);
  X509_NAME* subject = X509_get_subject_name(cert.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  X509_set_issuer_name(cert.get(), issuer == nullptr ? subject : X509_get_subject_name(issuer));
  AddExtension(cert.get(), extension, value);
  X509_sign(cert.get(), issuer_key, EVP_sha256());
  return cert;
}

struct TestCa {
  TestCa()
      : key(EVP_EC_gen("P-256"), EVP_PKEY_free),
        server_key(EVP_EC_gen("P-256"), EVP_PKEY_free),
        cert(MakeCert("ocokit test authority", key.get(), nullptr, key.get(), NID_basic_constraints,
                      "critical,CA:TRUE")),
        server_cert(MakeCert("127.0.0.1", server_key.get(), cert.get(), key.get(),
                             NID_subject_alt_name, "IP:127.0.0.1")) {}

  // Writes the authority's certificate as PEM.
  void WriteTo(const std::string& path) const {
    std::FILE* file = std::fopen(path.c_str(), "w");
    PEM_write_X509(file, cert.get());
    std::fclose(file);
  }

  KeyPtr key;
  KeyPtr server_key;
  CertPtr cert;
  CertPtr server_cert;
};

}  // namespace ocokit::client::testing
