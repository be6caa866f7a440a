#include "source/docker/docker_image.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>

#include "base/text.h"
#include "source/docker/engine.h"
#include "source/registry/reference.h"

namespace vigil::source::docker {
namespace {

constexpr std::uint64_t kLargestArchive = std::uint64_t{64} << 30;

std::string temporary_directory(const registry::Environment& environment) {
  std::string place = registry::value_of(environment, "TMPDIR");
  if (!place.empty()) return place;
  return ::access("/var/tmp", W_OK) == 0 ? "/var/tmp" : "/tmp";
}

/// A file that nobody else sees and that goes with its last descriptor.
Result<tree::Descriptor> nameless_file(const std::string& directory) {
  tree::Descriptor file(::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
  if (file.valid()) return file;
  std::string name = directory + "/vigil-image-XXXXXX";  // a file system without O_TMPFILE
  file = tree::Descriptor(::mkostemp(name.data(), O_CLOEXEC));
  if (!file.valid()) return fail_errno("cannot make a file", directory, errno);
  ::unlink(name.c_str());
  return file;
}

Result<void> append(int file, std::string_view bytes, const std::string& directory) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      auto failed = fail_errno("the image cannot be kept", directory, errno);
      failed.value().hint = "set TMPDIR to a directory with more space";
      return failed;
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return ok();
}

/// It becomes a part of a URL.
bool is_plain(std::string_view reference) {
  const bool id = !reference.empty() && std::all_of(reference.begin(), reference.end(), [](char c) {
    return base::is_digit(c) || (c >= 'a' && c <= 'f');
  });
  const bool digest = reference.starts_with("sha256:");
  return id || (digest && is_plain(reference.substr(7))) ||
         registry::parse_reference(reference).has_value();
}

}  // namespace

Result<std::unique_ptr<ImageSource>> open_docker_image(const std::string& reference,
                                                       const ImageOptions& options,
                                                       const registry::Environment& environment,
                                                       unsigned user) {
  if (!is_plain(reference)) {
    return fail("not the name of an image", base::printable(reference.substr(0, 300)));
  }
  const auto insecure = options.options.find("--insecure-registry");
  VIGIL_TRY(std::vector<Endpoint> all,
            endpoints(environment, user,
                      insecure == options.options.end() ? std::string() : insecure->second));
  std::optional<Error> refused;
  for (Endpoint& endpoint : all) {
    const std::string name = endpoint.name;
    Engine engine(std::move(endpoint));
    const auto found = engine.find(reference);
    if (!found) {
      if (!refused) refused = found.error();
      continue;
    }
    const std::string directory = temporary_directory(environment);
    VIGIL_TRY(tree::Descriptor file, nameless_file(directory));
    VIGIL_CHECK(engine.save(reference, kLargestArchive, [&](std::string_view bytes) {
      return append(file.get(), bytes, directory);
    }));
    ImageOptions whole = options;
    whole.options.erase("--image");  // the archive has no other image
    return open_image_archive(std::move(file), name + ": " + reference, whole);
  }
  return fail(std::move(*refused));
}

}  // namespace vigil::source::docker
