// Debian OVAL: per release, which version of a source package fixes which vulnerability, as
// definitions for OVAL scanners.
//
// Reference: https://www.debian.org/security/oval/ and OVAL 5.11.2
// (https://oval-community-guidelines.readthedocs.io). One XML file of 50 MB per release, in four
// parts: definitions (the vulnerability, its texts, the tests), tests (object and state), objects
// (package) and states (version), which refer to the next by id. Streamed; what is kept until the
// states are read is ids and versions, about 10 MB, no text.
//
// Traps:
// - "earlier than 0" is a test no version can meet: the release never was affected.
// - Versions carry an epoch always ("0:2.2-1").
// - The definitions are of class "vulnerability" per CVE and source package; the object's name is a
//   source package, though the test is written for dpkg's (binary) packages.
// - Nothing is said about what is not fixed: the tracker's JSON is the fuller source.
// - The release is in the platform ("Debian GNU/Linux 12"), not in the file's head.
//
// Not handled: tests that are not "less than" on a package's version; OVAL of other vendors.

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "intel/feed.h"
#include "intel/feeds/debian-oval/xml.h"
#include "intel/feeds/head.h"
#include "intel/feeds/record.h"

namespace vigil::intel::debian_oval {
namespace {

using model::FixState;

#define VIGIL_OVAL(codename)                                                     \
  {"https://www.debian.org/security/oval/oval-definitions-" codename ".xml.bz2", \
   "oval-definitions-" codename ".xml.bz2"}
constexpr Endpoint kEndpoints[] = {VIGIL_OVAL("bullseye"), VIGIL_OVAL("bookworm"),
                                   VIGIL_OVAL("trixie"), VIGIL_OVAL("forky")};
#undef VIGIL_OVAL

bool recognises(std::string_view head, std::string_view /*name*/) {
  const std::string_view text = feeds::skip_blank(head);
  return text.starts_with('<') && feeds::mentions(text, "<oval_definitions") &&
         (feeds::mentions(text, "oval:org.debian:def:") ||
          feeds::mentions(text, "product_name>Debian<"));
}

/// "Debian GNU/Linux 12" -> "Debian:12"; empty for anything else.
std::string ecosystem_of(std::string_view platform) {
  constexpr std::string_view kName = "Debian GNU/Linux ";
  platform = base::trim(platform);
  if (!platform.starts_with(kName)) return {};
  const std::string_view release = platform.substr(kName.size());
  return base::parse_unsigned(release) ? "Debian:" + std::string(release) : std::string();
}

struct Test {
  std::string object;
  std::string state;
};

/// What is left of a definition once its texts are given away.
struct Definition {
  std::string vulnerability;
  std::string advisory;
  std::string ecosystem;
  std::vector<std::string> tests;
};

class Reader {
 public:
  explicit Reader(Sink& sink) : sink_(sink) {}

  void start(const XmlElement& element) {
    if (element.name == "oval_definitions") is_oval_ = true;
    if (element.name == "definition") {
      definition_ = {};
      facts_ = {};
      title_.clear();
    } else if (element.name == "reference") {
      read_reference(element);
    } else if (element.name == "criterion") {
      definition_.tests.emplace_back(element.attribute("test_ref"));
    } else if (element.name == "dpkginfo_test") {
      id_ = element.attribute("id");
      test_ = {};
    } else if (element.name == "object") {
      test_.object = element.attribute("object_ref");
    } else if (element.name == "state") {
      test_.state = element.attribute("state_ref");
    } else if (element.name == "dpkginfo_object" || element.name == "dpkginfo_state") {
      id_ = element.attribute("id");
    } else if (element.name == "evr") {
      is_less_than_ = element.attribute("operation") == "less than";
    }
  }

  void end(std::string_view name, std::string_view text) {
    if (name == "timestamp") {
      if (const auto date = base::parse_time(text)) sink_.dated(*date);
    } else if (name == "title") {
      title_ = text;
    } else if (name == "platform") {
      definition_.ecosystem = ecosystem_of(text);
    } else if (name == "description") {
      facts_.details.description = text;
    } else if (name == "dsa") {
      note_advisory(base::trim(text));
    } else if (name == "definition") {
      end_definition();
    } else if (name == "dpkginfo_test") {
      tests_.emplace(id_, std::move(test_));
    } else if (name == "name") {
      packages_.emplace(id_, base::trim(text));
    } else if (name == "evr") {
      if (is_less_than_) versions_.emplace(id_, base::trim(text));
    }
  }

  /// Now that everything is known.
  Result<void> finish() {
    if (!is_oval_) return fail("no OVAL definitions");
    for (const Definition& definition : definitions_) {
      if (!give(definition)) {
        sink_.problem(definition.vulnerability, "no test of it compares a package's version");
      }
    }
    return ok();
  }

 private:
  void read_reference(const XmlElement& element) {
    const std::string_view id = base::trim(element.attribute("ref_id"));
    if (element.attribute("source") == "CVE" && definition_.vulnerability.empty()) {
      definition_.vulnerability = id;
    }
    note_advisory(id);
    feeds::add_reference(facts_.details.references, element.attribute("ref_url"));
  }

  void note_advisory(std::string_view id) {
    const bool is_advisory = id.starts_with("DSA-") || id.starts_with("DLA-");
    if (is_advisory && feeds::is_plausible_id(id) && definition_.advisory.empty()) {
      definition_.advisory = id;
    }
  }

  void end_definition() {
    if (definition_.vulnerability.empty()) {
      const auto words = base::words(title_);
      if (!words.empty()) definition_.vulnerability = words[0];
    }
    if (!feeds::is_plausible_id(definition_.vulnerability) || definition_.ecosystem.empty()) {
      sink_.problem(base::printable(title_.substr(0, 100)), "no vulnerability's id or no release");
      return;
    }
    facts_.details.id = definition_.vulnerability;
    facts_.details.source = "DEBIAN_CVE";
    facts_.details.source_url =
        "https://security-tracker.debian.org/tracker/" + definition_.vulnerability;
    sink_.facts(std::move(facts_));
    definitions_.push_back(std::move(definition_));
  }

  /// False if none of the tests gives a statement.
  bool give(const Definition& definition) {
    bool any = false;
    for (const std::string& id : definition.tests) {
      const auto test = tests_.find(id);
      if (test == tests_.end()) continue;  // of the release or the architecture
      const auto package = packages_.find(test->second.object);
      const auto version = versions_.find(test->second.state);
      if (package == packages_.end() || version == versions_.end()) continue;
      std::string_view fixed = version->second;
      if (fixed.starts_with("0:")) fixed.remove_prefix(2);
      if (fixed.empty() || fixed.size() > 512 || package->second.empty()) continue;
      Statement statement;
      statement.ecosystem = definition.ecosystem;
      statement.package = package->second;
      statement.vulnerability = definition.vulnerability;
      statement.advisory = definition.advisory;
      statement.state = fixed == "0" ? FixState::NotAffected : FixState::Fixed;
      if (fixed != "0") statement.ranges.push_back({"", std::string(fixed), ""});
      sink_.statement(std::move(statement));
      any = true;
    }
    return any;
  }

  Sink& sink_;
  bool is_oval_ = false;
  bool is_less_than_ = false;
  std::string id_;  // of the test, object or state that is open
  std::string title_;
  Test test_;
  Definition definition_;
  Facts facts_;
  std::vector<Definition> definitions_;
  std::unordered_map<std::string, Test> tests_;
  std::unordered_map<std::string, std::string> packages_;
  std::unordered_map<std::string, std::string> versions_;
};

Result<void> read(base::Input& input, std::string_view /*name*/, Sink& sink) {
  Reader reader(sink);
  const XmlVisitor visitor = {
      .start = [&](const XmlElement& element) { reader.start(element); },
      .end = [&](std::string_view name, std::string_view text) { reader.end(name, text); },
  };
  VIGIL_CHECK(visit_xml(input, visitor));
  return reader.finish();
}

}  // namespace

const Feed& feed() {
  static const Feed kFeed = {
      .name = "debian-oval",
      .title = "Debian OVAL",
      .covers = "Debian packages: fixed versions",
      .endpoints = kEndpoints,
      .version = 1,
      .recognises = recognises,
      .read = read,
      .authority = 10,
  };
  return kFeed;
}

}  // namespace vigil::intel::debian_oval
