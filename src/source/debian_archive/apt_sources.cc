#include "source/debian_archive/apt_sources.h"

#include <algorithm>

#include "base/text.h"
#include "inventory/catalogers/dpkg/control.h"

namespace vigil::source::debian_archive {
namespace {

constexpr std::uint64_t kSourcesLimit = 1U << 20U;
constexpr std::size_t kMost = 1000;

void add(std::vector<AptSource>& sources, std::string_view uri, std::string_view suite,
         const std::vector<std::string_view>& components) {
  while (uri.ends_with('/')) uri.remove_suffix(1);
  while (suite.ends_with('/')) suite.remove_suffix(1);
  // A suite of "./" is a flat repository: it has no releases.
  if (uri.find(':') == std::string_view::npos || suite.empty() || suite == "." ||
      sources.size() >= kMost) {
    return;
  }
  sources.push_back({std::string(uri), std::string(suite), {components.begin(), components.end()}});
}

bool has_binaries(std::string_view types) {
  const auto words = base::words(types);
  return std::ranges::find(words, "deb") != words.end();
}

}  // namespace

std::vector<AptSource> parse_source_lines(std::string_view text) {
  std::vector<AptSource> sources;
  while (const auto line = base::next_line(text)) {
    std::string_view rest = base::trim(line->substr(0, line->find('#')));
    if (!rest.starts_with("deb") || rest.size() < 4 ||
        !(base::is_space(rest[3]) || rest[3] == '[')) {
      continue;
    }
    rest = base::trim(rest.substr(3));
    if (rest.starts_with('[')) {
      const std::size_t close = rest.find(']');
      if (close == std::string_view::npos) continue;
      rest = rest.substr(close + 1);
    }
    const auto words = base::words(rest);
    if (words.size() < 2) continue;
    add(sources, words[0], words[1], {words.begin() + 2, words.end()});
  }
  return sources;
}

std::vector<AptSource> parse_source_stanzas(std::string_view text) {
  std::vector<AptSource> sources;
  inventory::dpkg::ControlReader reader(text);
  while (const auto stanza = reader.next()) {
    const std::string enabled = base::lower(stanza->get("Enabled"));
    if (enabled == "no" || enabled == "false" || enabled == "0") continue;
    if (!has_binaries(stanza->get("Types"))) continue;
    const auto components = base::words(stanza->get("Components"));
    for (const std::string_view uri : base::words(stanza->get("URIs"))) {
      for (const std::string_view suite : base::words(stanza->get("Suites"))) {
        add(sources, uri, suite, components);
      }
    }
  }
  return sources;
}

std::vector<AptSource> read_apt_sources(const tree::View& view) {
  std::vector<AptSource> all;
  const auto append = [&](std::vector<AptSource> sources) {
    for (AptSource& source : sources) all.push_back(std::move(source));
  };
  if (const auto text = view.read("/etc/apt/sources.list", kSourcesLimit)) {
    append(parse_source_lines(*text));
  }
  const auto entries = view.list("/etc/apt/sources.list.d");
  if (!entries) return all;
  for (const tree::Entry& entry : *entries) {
    const bool lines = entry.path.ends_with(".list");
    if (!lines && !entry.path.ends_with(".sources")) continue;
    const auto text = view.read(entry.path, kSourcesLimit);
    if (text) append(lines ? parse_source_lines(*text) : parse_source_stanzas(*text));
  }
  return all;
}

std::string list_prefix(const AptSource& source) {
  std::string_view uri = source.uri;
  uri.remove_prefix(uri.find(':') + 1);
  if (uri.starts_with("//")) {
    uri.remove_prefix(2);
    const std::size_t path = uri.find('/');
    const std::size_t user = uri.substr(0, path).rfind('@');
    if (user != std::string_view::npos) uri.remove_prefix(user + 1);
  }
  std::string name;
  for (const char c : std::string(uri) + "/dists/" + source.suite + "/") {
    constexpr std::string_view kQuoted = "\\|{}[]<>\"^~_=!@#$%^&*";
    if (c == '/') {
      name += '_';
    } else if (kQuoted.find(c) != std::string_view::npos || static_cast<unsigned char>(c) <= ' ' ||
               static_cast<unsigned char>(c) >= 0x7F) {
      name += "%" + base::hex({&c, 1});
    } else {
      name += c;
    }
  }
  return name;
}

}  // namespace vigil::source::debian_archive
