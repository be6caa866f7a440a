#include "intel/feeds/debian.h"

#include <array>
#include <utility>

namespace vigil::intel::feeds {

std::string debian_ecosystem(std::string_view codename) {
  // https://www.debian.org/releases/ and, for names of the future, release.debian.org.
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> kReleases = {
      {{"hamm", "2.0"},
       {"slink", "2.1"},
       {"potato", "2.2"},
       {"woody", "3.0"},
       {"sarge", "3.1"},
       {"etch", "4"},
       {"lenny", "5"},
       {"squeeze", "6"},
       {"wheezy", "7"},
       {"jessie", "8"},
       {"stretch", "9"},
       {"buster", "10"},
       {"bullseye", "11"},
       {"bookworm", "12"},
       {"trixie", "13"},
       {"forky", "14"},
       {"duke", "15"}}};
  if (codename == "sid") return "Debian:sid";
  for (const auto& [name, number] : kReleases) {
    if (name == codename) return "Debian:" + std::string(number);
  }
  return {};
}

}  // namespace vigil::intel::feeds
