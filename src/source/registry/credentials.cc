#include "source/registry/credentials.h"

#include "base/file.h"
#include "source/registry/credential_helper.h"
#include "source/registry/ecr.h"

namespace vigil::source::registry {
namespace {

constexpr std::uint64_t kFileBytes = 4 << 20;

/// What one file knows; empty if it is not there or knows nothing.
Result<Credentials> ask_file(const std::string& path, std::string_view registry,
                             std::string_view repository) {
  const auto text = base::read_file(path, kFileBytes);
  if (!text && text.error().code == ErrorCode::NotFound) return Credentials{};
  if (!text) return fail(text.error());
  auto entry = find_auth(*text, registry, repository);
  if (!entry) {
    entry.error().where = path;
    return fail(std::move(entry.error()));
  }
  if (!*entry) return Credentials{};
  if ((*entry)->helper.empty()) {
    (*entry)->credentials.from = path;
    return std::move((*entry)->credentials);
  }
  VIGIL_TRY(const auto kept, ask_helper((*entry)->helper, (*entry)->server));
  return kept.value_or(Credentials{});
}

}  // namespace

Result<Credentials> find_credentials(std::string_view registry, std::string_view repository,
                                     const Environment& environment) {
  for (const std::string& path : auth_files(environment)) {
    VIGIL_TRY(Credentials found, ask_file(path, registry, repository));
    if (!found.empty()) return found;
  }
  const auto ecr = parse_ecr_host(registry);
  if (!ecr) return Credentials{};
  const auto client = ecr_client(*ecr, environment);
  if (!client && client.error().code == ErrorCode::NotFound) return Credentials{};
  if (!client) return fail(client.error());
  return ecr_credentials(*client);
}

}  // namespace vigil::source::registry
