// The installation's master key, and what is encrypted with it: the secrets of access keys. They must
// be kept so that signatures can be verified, so they cannot be hashed as passwords are; without the
// key file a copy of the database does not give them away.
//
// XChaCha20-Poly1305 (libsodium). What is sealed is bound to a context, the access key's id: a sealed
// secret moved to another row does not open.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace vigil::server {

/// Copied only where it must be; its bytes are overwritten at the end of its life.
class MasterKey {
 public:
  static constexpr std::size_t kBytes = 32;

  /// The key in `directory`/master.key, made at the first call with mode 0600. Any number of processes
  /// may call at once; all get the same key. Errors: the file is not a key, or others may read it.
  static Result<MasterKey> open(const std::string& directory);
  /// Of these bytes, for tests.
  explicit MasterKey(const std::array<unsigned char, kBytes>& bytes) : bytes_(bytes) {}
  MasterKey(const MasterKey&) = default;
  MasterKey& operator=(const MasterKey&) = default;
  ~MasterKey();

  /// Encrypted and authenticated bytes; different at every call.
  [[nodiscard]] std::string seal(std::string_view secret, std::string_view context) const;
  /// Error: it was sealed with another key or for another context, or was damaged.
  [[nodiscard]] Result<std::string> unseal(std::string_view sealed, std::string_view context) const;

 private:
  std::array<unsigned char, kBytes> bytes_{};
};

/// This many bytes nobody can foretell.
std::string random_bytes(std::size_t count);
/// A text of letters of `alphabet`, each equally likely.
std::string random_text(std::size_t length, std::string_view alphabet);

}  // namespace vigil::server
