#include "source/image/find_image.h"

#include <utility>

#include "base/file.h"
#include "source/containers_storage/stored_image.h"
#include "source/docker/docker_image.h"

namespace vigil::source {
namespace {

constexpr std::pair<std::string_view, Transport> kTransports[] = {
    {"docker-archive:", Transport::DockerArchive},
    {"oci-archive:", Transport::OciArchive},
    {"oci:", Transport::Layout},
    {"containers-storage:", Transport::Storage},
    {"docker-daemon:", Transport::Docker},
    {"docker://", Transport::Registry},
};

ImageForm form_of(Transport transport) {
  switch (transport) {
    case Transport::DockerArchive:
      return ImageForm::DockerArchive;
    case Transport::OciArchive:
      return ImageForm::OciArchive;
    case Transport::Layout:
      return ImageForm::Layout;
    default:
      return ImageForm::Any;
  }
}

/// "PATH[:NAME]"
Result<std::unique_ptr<ImageSource>> open_path(std::string_view text, const ImageOptions& options,
                                               ImageForm form) {
  const std::string whole(text);
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || base::exists(whole)) {
    return open_local_image(whole, options, form);
  }
  ImageOptions named = options;
  if (colon + 1 < text.size()) named.options["--image"] = text.substr(colon + 1);
  return open_local_image(std::string(text.substr(0, colon)), named, form);
}

/// Is it for what was asked for? Who asked for nothing takes what is here.
bool is_for(const ImageFacts& facts, const ImageOptions& options) {
  if (!options.options.contains("--platform")) return true;
  const auto offered = parse_platform(facts.os + "/" + facts.architecture);
  return !offered || fits(options.platform, *offered);
}

class Search {
 public:
  Search(const std::string& name, const ImageOptions& options) : name_(name), options_(options) {}

  /// True if the image is there.
  bool take(std::string_view place, Result<std::unique_ptr<ImageSource>> opened) {
    if (opened && is_for((*opened)->facts(), options_)) {
      found_ = {std::move(*opened), std::string(place)};
      return true;
    }
    if (opened) opened = fail("the image is for another platform", {}, {}, ErrorCode::NotFound);
    Error& error = opened.error();
    code_ = error.code;
    hint_ = error.hint;
    tried_ += (tried_.empty() ? "" : "; ") + std::string(place) + ": ";
    if (!error.where.empty() && error.where != name_) tried_ += error.where + ": ";
    tried_ += error.what;
    return false;
  }
  Result<FoundImage> result() {
    if (found_.image) return std::move(found_);
    return fail("no such file, and no such image (" + tried_ + ")", name_, hint_, code_);
  }

 private:
  const std::string& name_;
  const ImageOptions& options_;
  FoundImage found_;
  std::string tried_;
  std::string hint_;                      ///< of the last place, the registry
  ErrorCode code_ = ErrorCode::NotFound;  ///< likewise
};

}  // namespace

Transport take_transport(std::string_view& argument) {
  for (const auto& [prefix, transport] : kTransports) {
    if (!argument.starts_with(prefix)) continue;
    argument.remove_prefix(prefix.size());
    return transport;
  }
  return Transport::None;
}

Result<FoundImage> find_image(const std::string& argument, const ImageOptions& options,
                              const containers::StorageUser& user) {
  std::string_view rest = argument;
  const Transport transport = take_transport(rest);
  const std::string name(rest);
  const auto only = [](Result<std::unique_ptr<ImageSource>> opened) -> Result<FoundImage> {
    VIGIL_TRY(std::unique_ptr<ImageSource> image, std::move(opened));
    return FoundImage{std::move(image), {}};
  };
  const auto stored = [&] { return containers::open_stored_image(rest, options, user); };
  const auto of_engine = [&] {
    return docker::open_docker_image(name, options, user.environment, user.id);
  };
  switch (transport) {
    case Transport::DockerArchive:
    case Transport::OciArchive:
    case Transport::Layout:
      return only(open_path(rest, options, form_of(transport)));
    case Transport::Storage:
      return only(stored());
    case Transport::Docker:
      return only(of_engine());
    case Transport::Registry:
      return only(open_registry_image(name, options));
    case Transport::None:
      break;
  }
  if (base::exists(argument)) return only(open_local_image(argument, options));
  if (argument.starts_with('/') || argument.starts_with("./") || argument.starts_with("../")) {
    return fail("there is no such file", argument, {}, ErrorCode::NotFound);
  }
  Search search(argument, options);
  if (search.take("containers-storage", stored()) ||
      search.take("the Docker engine", of_engine()) ||
      search.take("the registry", open_registry_image(name, options))) {
    return search.result();
  }
  return search.result();
}

}  // namespace vigil::source
