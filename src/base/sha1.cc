#include "base/sha1.h"

#include <openssl/evp.h>

#include "base/text.h"

namespace vigil::base {

std::string sha1_hex(std::string_view bytes) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha1(), nullptr);
  return hex({reinterpret_cast<const char*>(digest), size});
}

}  // namespace vigil::base
