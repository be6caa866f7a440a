#include "source/debian_archive/packages.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "inventory/catalogers/dpkg/control.h"

namespace vigil::source::debian_archive {
namespace {

constexpr std::size_t kLongestStanza = 1U << 20U;
constexpr std::size_t kLongestWord = 512;

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= kLongestWord &&
         std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

/// The names are compared here rather than by Stanza::get: an archive has 65,000 stanzas.
Listed listed(const inventory::dpkg::Stanza& stanza) {
  Listed package;
  for (const inventory::dpkg::Field& field : stanza.fields) {
    const auto is = [&](std::string_view name) {
      return base::equals_ignoring_case(field.name, name);
    };
    if (is("Package")) {
      package.package = field.value;
    } else if (is("Version")) {
      package.version = field.value;
    } else if (is("Architecture")) {
      package.architecture = field.value;
    } else if (is("Source")) {
      package.source = field.value;
    } else if (is("Filename")) {
      package.filename = field.value;
    } else if (is("SHA256")) {
      package.sha256 = field.value;
    } else if (is("Size")) {
      package.size = base::parse_unsigned(field.value).value_or(0);
    }
  }
  return package;
}

}  // namespace

SourceName source_name(std::string_view package, std::string_view version,
                       std::string_view source) {
  SourceName name{std::string(package), std::string(version), false};
  const std::size_t open = source.find('(');
  const std::string_view plain = base::trim(source.substr(0, open));
  if (!plain.empty()) name.name = plain;
  if (open != std::string_view::npos) {
    const std::size_t close = source.find(')', open);
    const std::string_view inner = base::trim(
        source.substr(open + 1, close == std::string_view::npos ? close : close - open - 1));
    if (!inner.empty()) name.version = inner;
  }
  constexpr std::string_view kSigned = "linux-signed";
  if (!name.name.starts_with(kSigned)) return name;
  std::string_view rest = std::string_view(name.name).substr(kSigned.size());
  if (!rest.empty() && rest.front() != '-') return name;
  for (const std::string_view architecture : {"-amd64", "-arm64", "-i386"}) {
    if (rest.ends_with(architecture)) rest.remove_suffix(architecture.size());
  }
  return {"linux" + std::string(rest), std::string(version), true};
}

Result<void> for_each_package(base::Input& input, const std::function<void(const Listed&)>& visit) {
  std::string buffer;
  std::string block(256U << 10U, '\0');
  bool any = false;
  bool strange = false;
  const auto read_stanzas = [&](std::string_view text) {
    inventory::dpkg::ControlReader reader(text);
    while (const auto stanza = reader.next()) {
      const Listed package = listed(*stanza);
      if (is_word(package.package) && is_word(package.version)) {
        any = true;
        visit(package);
      } else {
        strange = true;
      }
    }
  };
  for (;;) {
    VIGIL_TRY(const std::size_t got, input.read(block));
    if (got == 0) break;
    buffer.append(block, 0, got);
    const std::size_t end = buffer.rfind("\n\n");
    if (end == std::string::npos) {
      if (buffer.size() <= kLongestStanza) continue;
      return fail("a stanza is longer than 1 MiB", {}, "fetch the list anew: apt-get update",
                  ErrorCode::TooLarge);
    }
    read_stanzas(std::string_view(buffer).substr(0, end + 2));
    buffer.erase(0, end + 2);
  }
  read_stanzas(buffer);
  if (strange && !any) {
    return fail("it is no list of packages", {}, "fetch it anew: apt-get update");
  }
  return ok();
}

}  // namespace vigil::source::debian_archive
