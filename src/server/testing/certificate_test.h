// A self-signed certificate with its key, as PEM files.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <string>

namespace vigil::server::testing {

/// False if it could not be written.
inline bool write_certificate(const std::string& certificate_file, const std::string& key_file,
                              const std::string& name) {
  EVP_PKEY* const key = ::EVP_EC_gen("P-256");
  X509* const certificate = ::X509_new();
  ::X509_set_version(certificate, 2);
  ::ASN1_INTEGER_set(::X509_get_serialNumber(certificate), 1);
  ::X509_gmtime_adj(::X509_getm_notBefore(certificate), -60);
  ::X509_gmtime_adj(::X509_getm_notAfter(certificate), 3600);
  ::X509_set_pubkey(certificate, key);
  X509_NAME* const subject = ::X509_get_subject_name(certificate);
  ::X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  ::X509_set_issuer_name(certificate, subject);
  bool good = ::X509_sign(certificate, key, ::EVP_sha256()) > 0;
  if (std::FILE* file = std::fopen(certificate_file.c_str(), "w")) {
    good = good && ::PEM_write_X509(file, certificate) == 1;
    std::fclose(file);
  }
  if (std::FILE* file = std::fopen(key_file.c_str(), "w")) {
    good = good && ::PEM_write_PrivateKey(file, key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
    std::fclose(file);
  }
  ::X509_free(certificate);
  ::EVP_PKEY_free(key);
  return good;
}

}  // namespace vigil::server::testing
