#include "inventory/catalogers/dpkg/status.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/text.h"
#include "inventory/catalogers/dpkg/control.h"

namespace vigil::inventory::dpkg {
namespace {

constexpr std::string_view kFieldsThatMatter[] = {"Package", "Version",    "Status",      "Source",
                                                  "Origin",  "Maintainer", "Architecture"};

/// dpkg(1), package states. Of what is half-installed some files are there, and nobody knows which.
bool has_files(std::string_view state) {
  return state != "not-installed" && state != "config-files";
}

/// Visible ASCII without blanks: package names, versions and architectures hold nothing else.
bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= 1024 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7F'; });
}

/// A name for messages: not longer than a line and safe on a terminal.
std::string shown(std::string_view text) {
  return base::printable(text.substr(0, 80));
}

/// "openssl (3.0.15-1)": the version in parentheses differs from the binary's after a rebuild
/// without changes ("+b1") and where a source builds packages with versions of their own.
void read_source(std::string_view source, Record& record) {
  const std::size_t open = source.find('(');
  record.source_name = base::trim(source.substr(0, open));
  if (open != std::string_view::npos) {
    const std::size_t close = source.find(')', open);
    record.source_version = base::trim(source.substr(open + 1, close - open - 1));
  }
  if (!is_word(record.source_name)) record.source_name = record.name;
  if (!is_word(record.source_version)) record.source_version = record.version;
}

class Reader {
 public:
  Reader(Form form, const std::string& where, std::vector<Problem>& problems)
      : form_(form), where_(where), problems_(problems) {}

  std::optional<Record> read(const Stanza& stanza) {
    const std::string_view name = stanza.get("Package");
    const std::string title = is_word(name) ? "package " + shown(name)
                                            : "the entry at line " + std::to_string(stanza.line);
    for (const Field& field : stanza.fields) {
      if (field.value.size() <= kMaximumField) continue;
      report(title + ": its field " + shown(field.name) + " is longer than 1 MiB");
      for (const std::string_view important : kFieldsThatMatter) {
        if (base::equals_ignoring_case(field.name, important)) return std::nullopt;
      }
    }
    if (!stanza.malformed.empty()) report(title + ": not a field: " + shown(stanza.malformed));
    if (!is_word(name)) {
      report(title + " has no valid package name");
      return std::nullopt;
    }
    Record record;
    record.name = name;
    record.line = stanza.line;
    if (!read_state(stanza.get("Status"), title, record)) return std::nullopt;
    const std::string_view version = stanza.get("Version");
    if (record.present && !is_word(version)) {
      report(title + (version.empty() ? " has no version" : " has no valid version"));
      return std::nullopt;
    }
    if (is_word(version)) record.version = version;
    record.architecture = base::printable(stanza.get("Architecture"));
    read_source(stanza.get("Source"), record);
    const std::string_view origin = stanza.get("Origin");
    record.vendor = base::printable(origin.empty() ? stanza.get("Maintainer") : origin);
    return record;
  }

 private:
  bool read_state(std::string_view status, const std::string& title, Record& record) {
    // want, flag, state: "install ok installed"
    const std::vector<std::string_view> words = base::words(status);
    if (words.size() == 3) {
      record.present = has_files(words[2]);
      return true;
    }
    record.present = form_ == Form::Control;
    if (form_ == Form::Status) report(title + " has no valid Status");
    return record.present;
  }

  void report(std::string why) { problems_.push_back({where_, std::move(why)}); }

  Form form_;
  const std::string& where_;
  std::vector<Problem>& problems_;
};

}  // namespace

std::vector<Record> parse_status(std::string_view text, Form form, const std::string& where,
                                 std::vector<Problem>& problems) {
  if (form == Form::Status && !text.empty() && text.back() != '\n') {
    // dpkg ends every line. What the cut left of the last line may be half a version.
    problems.push_back({where, "the file was cut short: its last line has no end"});
    text = text.substr(0, text.rfind('\n') + 1);
  }
  std::vector<Record> records;
  Reader reader(form, where, problems);
  ControlReader stanzas(text);
  while (const std::optional<Stanza> stanza = stanzas.next()) {
    if (std::optional<Record> record = reader.read(*stanza)) records.push_back(std::move(*record));
  }
  return records;
}

void apply_journal(std::vector<Record>& records, std::vector<Record> updates) {
  std::map<std::pair<std::string, std::string>, std::size_t> places;
  for (std::size_t i = 0; i < records.size(); ++i) {
    places[{records[i].name, records[i].architecture}] = i;
  }
  for (Record& update : updates) {
    const auto [place, is_new] =
        places.try_emplace({update.name, update.architecture}, records.size());
    if (is_new) {
      records.push_back(std::move(update));
    } else {
      records[place->second] = std::move(update);
    }
  }
}

}  // namespace vigil::inventory::dpkg
