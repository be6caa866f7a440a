#include "server/secrets.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdlib>

#include "base/file.h"
#include "base/text.h"

namespace vigil::server {
namespace {

/// Begins what is sealed, so that another cipher can follow one day.
constexpr char kVersion = 1;
constexpr std::size_t kNonce = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t kTag = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(MasterKey::kBytes == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

/// Without a source of randomness nothing here may go on.
void require_sodium() {
  if (::sodium_init() < 0) std::abort();
}

Result<std::string> read_key_file(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return fail_errno("cannot look at", path, errno);
  if ((status.st_mode & 077U) != 0) {
    return fail("the key can be read by others", path, "chmod 600 " + path);
  }
  VIGIL_TRY(const std::string text, base::read_file(path, 4096));
  const std::string_view digits = base::trim(text);
  std::array<unsigned char, MasterKey::kBytes> key{};
  std::size_t length = 0;
  if (digits.size() != 2 * MasterKey::kBytes ||
      ::sodium_hex2bin(key.data(), key.size(), digits.data(), digits.size(), nullptr, &length,
                       nullptr) != 0 ||
      length != key.size()) {
    return fail("this is no key: 64 hexadecimal digits are wanted", path,
                "restore it from a backup; without it the stored access keys cannot be used");
  }
  return std::string(reinterpret_cast<const char*>(key.data()), key.size());
}

/// Writes a new key beside `path` and links it there, unless somebody was faster.
Result<void> make_key_file(const std::string& path) {
  const std::string temporary = path + "." + base::hex(random_bytes(8));
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) return fail_errno("cannot create", temporary, errno);
  const std::string text = base::hex(random_bytes(MasterKey::kBytes)) + "\n";
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  int error = written ? 0 : (errno != 0 ? errno : EIO);
  ::close(file);
  if (error == 0 && ::link(temporary.c_str(), path.c_str()) != 0 && errno != EEXIST) error = errno;
  ::unlink(temporary.c_str());
  if (error != 0) return fail_errno("cannot write the master key", path, error);
  base::sync_parent_directory(path);
  return ok();
}

}  // namespace

Result<MasterKey> MasterKey::open(const std::string& directory) {
  require_sodium();
  const std::string path = directory + "/master.key";
  if (!base::exists(path)) VIGIL_CHECK(make_key_file(path));
  VIGIL_TRY(std::string key, read_key_file(path));
  std::array<unsigned char, kBytes> bytes{};
  std::copy_n(bytes_of(key), kBytes, bytes.begin());
  ::sodium_memzero(key.data(), key.size());
  return MasterKey(bytes);
}

MasterKey::~MasterKey() {
  ::sodium_memzero(bytes_.data(), bytes_.size());
}

std::string MasterKey::seal(std::string_view secret, std::string_view context) const {
  require_sodium();
  std::string out(1 + kNonce + secret.size() + kTag, '\0');
  out[0] = kVersion;
  auto* const nonce = reinterpret_cast<unsigned char*>(out.data()) + 1;
  ::randombytes_buf(nonce, kNonce);
  ::crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + kNonce, nullptr, bytes_of(secret),
                                               secret.size(), bytes_of(context), context.size(),
                                               nullptr, nonce, bytes_.data());
  return out;
}

Result<std::string> MasterKey::unseal(std::string_view sealed, std::string_view context) const {
  constexpr std::size_t kAround = 1 + kNonce + kTag;
  if (sealed.size() < kAround || sealed[0] != kVersion) {
    return fail("this is not what this version has sealed", std::string(context));
  }
  std::string out(sealed.size() - kAround, '\0');
  const unsigned char* const nonce = bytes_of(sealed) + 1;
  if (::crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(out.data()),
                                                   nullptr, nullptr, nonce + kNonce,
                                                   sealed.size() - 1 - kNonce, bytes_of(context),
                                                   context.size(), nonce, bytes_.data()) != 0) {
    return fail("the secret does not open with this master key", std::string(context),
                "is master.key the one this database was made with?");
  }
  return out;
}

std::string random_bytes(std::size_t count) {
  require_sodium();
  std::string out(count, '\0');
  ::randombytes_buf(out.data(), out.size());
  return out;
}

std::string random_text(std::size_t length, std::string_view alphabet) {
  require_sodium();
  std::string out;
  for (std::size_t i = 0; i < length; ++i) {
    out += alphabet[::randombytes_uniform(static_cast<std::uint32_t>(alphabet.size()))];
  }
  return out;
}

}  // namespace vigil::server
