// `vigil intel`: load intelligence, look into it.
#include <algorithm>

#include <fmt/format.h>

#include "base/file.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/intelligence.h"
#include "cli/output.h"
#include "cli/paths.h"
#include "cli/progress.h"
#include "cli/report/status_report.h"
#include "cli/report/vulnerability_report.h"
#include "cli/table.h"
#include "cli/wrap.h"
#include "intel/feed.h"
#include "intel/refresh.h"
#include "intel/search.h"
#include "source/debian_archive/debian_archive.h"

namespace vigil::cli {
namespace {

constexpr std::string_view kIndent = "  ";

Result<void> check_feeds(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (intel::find_feed(name) != nullptr) continue;
    return fail("there is no feed '" + name + "'", "--source",
                "`vigil intel status --feeds` lists them", ErrorCode::NotFound);
  }
  return ok();
}

std::string plural(std::size_t count, std::string_view one, std::string_view many) {
  return base::with_thousands(count) + " " + std::string(count == 1 ? one : many);
}

std::string update_text(const intel::RefreshReport& refresh, const Terminal& terminal,
                        bool list_changed) {
  const intel::UpdateReport& report = refresh.update;
  std::string out = std::string(kIndent) + terminal.bold(refresh.origin) + "\n";
  out += fmt::format("{}{} read, {} unchanged", kIndent, plural(report.files_read, "file", "files"),
                     base::with_thousands(report.files_reused));
  if (report.files_strange != 0) out += fmt::format(", {} not of any feed", report.files_strange);
  out += "\n";
  for (const std::string& note : refresh.notes) {
    out += hang(terminal.paint(Colour::Yellow, note), kIndent, 2, terminal.width);
  }
  for (const intel::Source& source : report.failed) {
    out +=
        hang(terminal.paint(Colour::Red, source.label + ": " + source.failure +
                                             (source.kept ? "; its earlier content is kept" : "")),
             kIndent, 2, terminal.width);
  }
  if (report.unchanged) {
    out += std::string(kIndent) + "nothing has changed: " + report.stamp + "\n";
    return out;
  }
  out += fmt::format("{}{} vulnerabilities, {} packages with advisories, {} of them changed\n",
                     kIndent, base::with_thousands(report.vulnerabilities),
                     base::with_thousands(report.packages),
                     base::with_thousands(report.changed.size()));
  out += std::string(kIndent) + "snapshot " + report.stamp + "\n";
  if (list_changed) {
    for (const intel::PackageKey& key : report.changed)
      out += plain(key.ecosystem) + "\t" + plain(key.name) + "\n";
  }
  return out;
}

constexpr std::string_view kArchiveFeed = "debian-archive";

bool wants_archive(const IntelOptions& options) {
  if (options.no_archive) return false;
  return options.sources.empty() || std::find(options.sources.begin(), options.sources.end(),
                                              kArchiveFeed) != options.sources.end();
}

/// What came of this host's own package archive.
struct Archive {
  std::vector<intel::ExtraFile> files;
  std::vector<std::string> lines;  ///< what was read
  std::vector<std::string> notes;  ///< what could not be
};

void describe(const source::ArchiveReport& report, std::int64_t now, Archive& archive) {
  std::string line = "package archive of " + report.ecosystem;
  if (report.date != 0) line += " as of " + base::format_date(report.date);
  if (report.fetched != 0) {
    line += ", lists fetched " + base::format_duration(now - report.fetched) + " ago";
  }
  archive.lines.push_back(std::move(line));
  line = fmt::format("{} of {} installed sources have a newer version", report.newer,
                     base::with_thousands(report.sources));
  if (report.newer != 0) {
    line += fmt::format("; {} changelogs read ({} kept, {} downloaded, {:.1f} MiB): {} fixes",
                        report.read, report.cached, report.downloaded,
                        static_cast<double>(report.bytes) / (1U << 20U),
                        base::with_thousands(report.vulnerabilities));
  }
  archive.lines.push_back(std::move(line));
  if (!report.silent.empty()) {
    archive.lines.push_back("security updates that name no vulnerability: " +
                            base::join(report.silent, ", "));
  }
  for (const std::string& note : report.notes) archive.notes.push_back(note);
  if (report.unread.empty()) return;
  archive.notes.push_back(
      plural(report.unread.size(), "package has a newer version", "packages have newer versions") +
      " in the archive but the changelog could not be read: " + report.unread.front() +
      (report.unread.size() > 1 ? ", ..." : ""));
}

/// On a host of another kind this is silent, unless the archive was asked for by name.
Archive read_archive(const IntelOptions& options, const std::string& snapshot, std::int64_t now,
                     Progress& progress) {
  Archive archive;
  const std::string document = snapshot + ".archive/debian-archive.json";
  const intel::ExtraFile file{"debian-archive.json", document, "archive"};
  if (!wants_archive(options)) {
    // Other feeds were asked for: what the snapshot holds of the archive stays.
    if (!options.no_archive && base::exists(document)) archive.files.push_back(file);
    return archive;
  }
  source::ArchiveOptions how;
  how.now = now;
  how.progress = [&](const source::ArchiveProgress& at) {
    progress.show(at.what, at.done, at.total, at.detail);
  };
  const auto report = source::read_debian_archive(how, document);
  if (report) {
    describe(*report, now, archive);
  } else if (report.error().code != ErrorCode::Unsupported || !options.sources.empty()) {
    archive.notes.push_back("the package archive: " + report.error().text());
  }
  if (!base::exists(document)) return archive;
  if (!report && report.error().code == ErrorCode::Unsupported) return archive;
  if (!report) archive.notes.emplace_back("what was read from the package archive earlier is kept");
  archive.files.push_back(file);
  return archive;
}

}  // namespace

int intel_update(const IntelOptions& options) {
  if (const auto known = check_feeds(options.sources); !known) return report_error(known.error());
  intel::RefreshOptions how;
  how.snapshot = snapshot_path(options.path);
  how.directory = options.from.empty() ? mirror_directory() : options.from;
  how.feeds = options.sources;
  how.now = base::now();
  Progress progress;
  how.progress = [&](const intel::RefreshProgress& at) {
    progress.show(at.what, at.done, at.total, at.detail);
  };
  const Archive archive = read_archive(options, how.snapshot, how.now, progress);
  how.more_files = archive.files;
  auto report = intel::refresh(how);
  progress.clear();
  if (!report) {
    Error error = report.error();
    for (const std::string& note : archive.notes)
      error.hint += (error.hint.empty() ? "" : "; ") + note;
    return report_error(error);
  }
  report->notes.insert(report->notes.end(), archive.notes.begin(), archive.notes.end());
  for (const std::string& line : archive.lines)
    report->origin += "\n" + std::string(kIndent) + line;
  print(update_text(*report, Terminal::of_stdout(), options.changed));
  return kSuccess;
}

int intel_status(const IntelOptions& options) {
  const Terminal terminal = Terminal::of_stdout();
  if (options.feeds) {
    print(feeds_text(terminal));
    return kSuccess;
  }
  const auto intelligence = open_intelligence(options.path);
  if (!intelligence) return report_error(intelligence.error());
  print(options.format == "json" ? status_json(*intelligence)
                                 : status_text(*intelligence, terminal, base::now()));
  return kSuccess;
}

int intel_show(const IntelOptions& options) {
  const auto intelligence = open_intelligence(options.path);
  if (!intelligence) return report_error(intelligence.error());
  const intel::Snapshot& snapshot = intelligence->snapshot;
  const auto found = snapshot.find(options.id);
  const auto epss = snapshot.epss(base::upper(options.id));
  if (found.empty() && !epss) {
    return report_error({"nothing is known about it", options.id, {}, ErrorCode::NotFound});
  }
  const Terminal terminal = Terminal::of_stdout();
  std::string out;
  if (found.empty()) {
    model::Vulnerability only;
    only.id = base::upper(options.id);
    only.epss = epss;
    out = options.format == "json" ? vulnerability_json({{only, {}}})
                                   : vulnerability_text({only, {}}, terminal);
  } else {
    std::vector<KnownVulnerability> known;
    for (const std::uint32_t index : found) {
      auto vulnerability = snapshot.vulnerability(index);
      if (!vulnerability) return report_error(vulnerability.error());
      known.push_back({std::move(*vulnerability), intel::packages_of(snapshot, index)});
    }
    if (options.format == "json") {
      out = vulnerability_json(known);
    } else {
      for (const KnownVulnerability& one : known) out += vulnerability_text(one, terminal);
    }
  }
  print(out);
  return kSuccess;
}

int intel_search(const IntelOptions& options) {
  const auto intelligence = open_intelligence(options.path);
  if (!intelligence) return report_error(intelligence.error());
  const intel::Snapshot& snapshot = intelligence->snapshot;
  const intel::SearchResult result = intel::search(snapshot, options.text, options.limit);
  std::vector<std::vector<Cell>> rows;
  base::JsonWriter json(2);
  json.begin_array();
  for (const std::uint32_t index : result.vulnerabilities) {
    const auto vulnerability = snapshot.vulnerability(index);
    if (!vulnerability) return report_error(vulnerability.error());
    double score = 0;
    for (const model::CvssRating& rating : vulnerability->cvss)
      score = std::max(score, rating.score);
    const std::string& prose =
        vulnerability->title.empty() ? vulnerability->description : vulnerability->title;
    const std::string summary = base::printable(prose.substr(0, prose.find('\n')));
    rows.push_back({{vulnerability->id, Colour::Default, true},
                    {score == 0 ? "-" : fmt::format("{:.1f}", score)},
                    {vulnerability->known_exploited ? "exploited" : "", Colour::BrightRed},
                    {summary}});
    json.begin_object()
        .member("id", vulnerability->id)
        .member("score", score)
        .member("summary", summary)
        .end_object();
  }
  json.end_array();
  if (options.format == "json") {
    print(json.take() + "\n");
    return kSuccess;
  }
  const Terminal terminal = Terminal::of_stdout();
  if (rows.empty()) {
    print("  nothing found\n");
    return kSuccess;
  }
  std::string out =
      draw_table(terminal, {{"VULNERABILITY"}, {"CVSS", true}, {""}, {"ABOUT", false, 20, true}},
                 rows, kIndent);
  if (result.total > rows.size()) {
    out += std::string(kIndent) +
           terminal.dim(fmt::format("and {} more; --limit shows more",
                                    base::with_thousands(result.total - rows.size()))) +
           "\n";
  }
  print(out);
  return kSuccess;
}

}  // namespace vigil::cli
