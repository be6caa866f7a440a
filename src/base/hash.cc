#include "base/hash.h"

#include <openssl/evp.h>
#define XXH_STATIC_LINKING_ONLY  // the state by value; the functions are still the library's
#include <fcntl.h>
#include <unistd.h>
#include <xxhash.h>

#include <cerrno>
#include <cstdlib>
#include <new>
#include <vector>

#include "base/text.h"

namespace vigil::base {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

/// Looked up once: EVP_sha256() makes OpenSSL 3 search its providers at every use.
const EVP_MD* sha256_method() {
  static const EVP_MD* const kMethod = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return kMethod;
}

/// OpenSSL fails here only if memory has run out or the library is broken.
void require(bool good) {
  if (!good) throw std::bad_alloc();
}

template <typename Hasher>
Result<void> feed_file(const std::string& path, Hasher& hasher) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return fail_errno("cannot open", path, errno);
  std::vector<char> block(std::size_t{256} << 10);
  for (;;) {
    const ssize_t got = ::read(descriptor, block.data(), block.size());
    if (got < 0 && errno == EINTR) continue;
    const int error = errno;
    if (got <= 0) ::close(descriptor);
    if (got < 0) return fail_errno("cannot read", path, error);
    if (got == 0) return ok();
    hasher.update({block.data(), static_cast<std::size_t>(got)});
  }
}

}  // namespace

std::uint64_t xxh3_64(std::string_view bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

Hash128 xxh3_128(std::string_view bytes) {
  const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
  return {hash.high64, hash.low64};
}

std::string hex(const Hash128& hash) {
  std::string bytes;
  for (const std::uint64_t half : {hash.high, hash.low}) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(half >> shift & 0xFF);
  }
  return hex(std::string_view(bytes));
}

struct Xxh3::State {
  XXH3_state_t state;
};

Xxh3::Xxh3() : state_(std::make_unique<State>()) {
  XXH3_128bits_reset(&state_->state);
}
Xxh3::Xxh3(Xxh3&&) noexcept = default;
Xxh3& Xxh3::operator=(Xxh3&&) noexcept = default;
Xxh3::~Xxh3() = default;

void Xxh3::update(std::string_view bytes) {
  XXH3_128bits_update(&state_->state, bytes.data(), bytes.size());
}

Hash128 Xxh3::digest() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(&state_->state);
  return {hash.high64, hash.low64};
}

struct Sha256::State {
  std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  require(state_->context && sha256_method() != nullptr &&
          EVP_DigestInit_ex(state_->context.get(), sha256_method(), nullptr) == 1);
}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(std::string_view bytes) {
  require(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1);
}

Sha256::Digest Sha256::finish() {
  Digest digest{};
  require(EVP_DigestFinal_ex(state_->context.get(), digest.data(), nullptr) == 1 &&
          EVP_DigestInit_ex(state_->context.get(), sha256_method(), nullptr) == 1);
  return digest;
}

std::string hex(const Sha256::Digest& digest) {
  return hex(std::string_view(reinterpret_cast<const char*>(digest.data()), digest.size()));
}

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hex(hash.finish());
}

Result<Hash128> xxh3_128_of_file(const std::string& path) {
  Xxh3 hash;
  VIGIL_CHECK(feed_file(path, hash));
  return hash.digest();
}

Result<std::string> sha256_hex_of_file(const std::string& path) {
  Sha256 hash;
  VIGIL_CHECK(feed_file(path, hash));
  return hex(hash.finish());
}

}  // namespace vigil::base
