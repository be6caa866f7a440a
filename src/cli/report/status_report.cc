#include "cli/report/status_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "base/json_writer.h"
#include "base/text.h"
#include "base/time.h"
#include "cli/table.h"
#include "cli/wrap.h"
#include "intel/feed.h"

namespace vigil::cli {
namespace {

constexpr std::string_view kIndent = "  ";

/// All files of one feed taken together.
struct FeedRow {
  std::size_t files = 0;
  intel::FeedCount sum;
  bool kept = false;
};

std::map<std::string, FeedRow> feed_rows(const intel::Snapshot& snapshot) {
  std::map<std::string, FeedRow> rows;
  for (const intel::Source& source : snapshot.sources()) {
    for (const intel::FeedCount& feed : source.feeds) {
      FeedRow& row = rows[feed.feed];
      ++row.files;
      row.sum.documents += feed.documents;
      row.sum.facts += feed.facts;
      row.sum.statements += feed.statements;
      row.sum.epss += feed.epss;
      row.sum.problems += feed.problems;
      row.sum.dated = std::max(row.sum.dated, feed.dated);
      row.kept = row.kept || source.kept;
      for (const std::string& example : feed.problem_examples)
        row.sum.problem_examples.push_back(example);
    }
  }
  return rows;
}

/// "Debian" with 3 releases rather than three lines.
struct FamilyRow {
  std::vector<std::string> releases;
  std::size_t packages = 0;
  std::size_t rows = 0;
};

std::map<std::string, FamilyRow> family_rows(const intel::Snapshot& snapshot) {
  std::map<std::string, FamilyRow> rows;
  for (const auto& ecosystem : snapshot.ecosystems()) {
    const std::size_t colon = ecosystem.name.find(':');
    FamilyRow& row = rows[std::string(ecosystem.name.substr(0, colon))];
    if (colon != std::string_view::npos)
      row.releases.emplace_back(ecosystem.name.substr(colon + 1));
    row.packages += ecosystem.packages;
    row.rows += ecosystem.rows;
  }
  return rows;
}

std::string date_text(std::int64_t seconds, std::int64_t now) {
  if (seconds == 0) return "unknown";
  return base::format_date(seconds) + ", " + base::format_duration(now - seconds) + " old";
}

}  // namespace

std::string status_text(const Intelligence& intelligence, const Terminal& terminal,
                        std::int64_t now) {
  const intel::Snapshot& snapshot = intelligence.snapshot;
  std::string out = std::string(kIndent) + terminal.bold("Intelligence ") + snapshot.stamp() + "\n";
  out += fmt::format("{}{}, {} MiB, loaded {} ago\n", kIndent, intelligence.path,
                     snapshot.file_size() >> 20, base::format_duration(now - snapshot.created()));
  out += fmt::format("{}{} vulnerabilities, {} packages with advisories, {} EPSS scores\n\n",
                     kIndent, base::with_thousands(snapshot.vulnerability_count()),
                     base::with_thousands(snapshot.package_count()),
                     base::with_thousands(snapshot.epss_count()));
  const auto feeds = feed_rows(snapshot);
  std::vector<std::vector<Cell>> rows;
  for (const auto& [name, row] : feeds) {
    const std::uint64_t records = row.sum.facts + row.sum.epss;
    rows.push_back(
        {{name, Colour::Default, true},
         {base::with_thousands(row.files)},
         {base::with_thousands(records)},
         {base::with_thousands(row.sum.statements)},
         {row.sum.problems == 0 ? "" : base::with_thousands(row.sum.problems), Colour::Yellow},
         {date_text(row.sum.dated, now) + (row.kept ? " (kept: could not be read again)" : ""),
          row.kept ? Colour::Yellow : Colour::Default}});
  }
  out += draw_table(terminal,
                    {{"SOURCE"},
                     {"FILES", true},
                     {"RECORDS", true},
                     {"STATEMENTS", true},
                     {"SKIPPED", true},
                     {"NEWEST DATA", false, 10, true}},
                    rows, kIndent);
  std::vector<std::vector<Cell>> families;
  for (const auto& [name, row] : family_rows(snapshot)) {
    families.push_back({{name, Colour::Default, true},
                        {base::with_thousands(row.packages)},
                        {base::with_thousands(row.rows)},
                        {base::join(row.releases, " ")}});
  }
  out +=
      "\n" +
      draw_table(terminal,
                 {{"COVERS"}, {"PACKAGES", true}, {"ADVICE", true}, {"RELEASES", false, 10, true}},
                 families, kIndent);
  std::vector<std::string> missing;
  for (const intel::Feed* feed : intel::all_feeds()) {
    if (!feeds.contains(std::string(feed->name))) missing.emplace_back(feed->name);
  }
  if (!missing.empty()) {
    out += "\n" + hang("missing: " + base::join(missing, ", "), kIndent, 2, terminal.width);
  }
  for (const auto& [name, row] : feeds) {
    if (row.sum.problem_examples.empty()) continue;
    out += hang(terminal.dim(name + " skipped e.g. " + row.sum.problem_examples.front()), kIndent,
                2, terminal.width);
  }
  for (const intel::Source& source : snapshot.sources()) {
    if (!source.failure.empty())
      out += hang(terminal.paint(Colour::Red, source.label + ": " + source.failure), kIndent, 2,
                  terminal.width);
  }
  return out;
}

std::string status_json(const Intelligence& intelligence) {
  const intel::Snapshot& snapshot = intelligence.snapshot;
  base::JsonWriter json(2);
  json.begin_object().member("path", intelligence.path).member("stamp", snapshot.stamp());
  json.member("created", base::format_time(snapshot.created()))
      .member("bytes", std::uint64_t{snapshot.file_size()});
  json.member("vulnerabilities", std::uint64_t{snapshot.vulnerability_count()});
  json.member("packages", std::uint64_t{snapshot.package_count()})
      .member("epss", std::uint64_t{snapshot.epss_count()});
  json.key("sources").begin_array();
  for (const auto& [name, row] : feed_rows(snapshot)) {
    json.begin_object().member("source", name).member("files", std::uint64_t{row.files});
    json.member("records", row.sum.facts + row.sum.epss).member("statements", row.sum.statements);
    json.member("skipped", row.sum.problems).member("kept", row.kept);
    if (row.sum.dated != 0) json.member("newestData", base::format_time(row.sum.dated));
    json.key("problems").begin_array();
    for (const std::string& example : row.sum.problem_examples) json.value(example);
    json.end_array().end_object();
  }
  json.end_array().key("ecosystems").begin_array();
  for (const auto& ecosystem : snapshot.ecosystems()) {
    json.begin_object()
        .member("name", ecosystem.name)
        .member("packages", std::uint64_t{ecosystem.packages});
    json.member("rows", std::uint64_t{ecosystem.rows}).end_object();
  }
  json.end_array().end_object();
  return json.take() + "\n";
}

std::string feeds_text(const Terminal& terminal) {
  std::vector<std::vector<Cell>> rows;
  for (const intel::Feed* feed : intel::all_feeds()) {
    rows.push_back({{std::string(feed->name), Colour::Default, true},
                    {std::string(feed->title)},
                    {std::string(feed->covers)}});
  }
  return draw_table(terminal, {{"FEED"}, {"", false, 10, true}, {"COVERS", false, 20, true}}, rows,
                    kIndent);
}

}  // namespace vigil::cli
