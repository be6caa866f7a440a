// For the readers' tests: a sink that keeps everything, and the real feeds where they are at hand.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "base/archive.h"
#include "base/file.h"
#include "base/input.h"
#include "base/source_directory_test.h"
#include "intel/feed.h"

namespace vigil::intel::feeds {

struct Collected {
  std::vector<Statement> statements;
  std::vector<Facts> all_facts;
  std::vector<std::string> problems;
  std::int64_t date = 0;
};

class CollectingSink final : public Sink {
 public:
  void statement(Statement statement) override { read.statements.push_back(std::move(statement)); }
  void facts(Facts facts) override { read.all_facts.push_back(std::move(facts)); }
  void problem(std::string record, std::string why) override {
    read.problems.push_back(record + ": " + why);
  }
  void dated(std::int64_t seconds) override { read.date = std::max(read.date, seconds); }

  Collected read;
};

/// For files that are too large to keep what is read.
class CountingSink final : public Sink {
 public:
  void statement(Statement statement) override {
    ++statements;
    if (statement.state == model::FixState::NotAffected) ++not_affected;
  }
  void facts(Facts facts) override {
    ++facts_count;
    if (facts.withdrawn) ++withdrawn;
    exploits += facts.details.exploits.size();
    ratings += facts.details.cvss.size();
  }
  void problem(std::string /*record*/, std::string /*why*/) override { ++problems; }
  void dated(std::int64_t seconds) override { date = std::max(date, seconds); }

  std::size_t statements = 0;
  std::size_t not_affected = 0;
  std::size_t facts_count = 0;
  std::size_t withdrawn = 0;
  std::size_t exploits = 0;
  std::size_t ratings = 0;
  std::size_t problems = 0;
  std::int64_t date = 0;
};

/// Reads a document that must be read without an error.
inline Collected read_text(const Feed& feed, std::string_view text,
                           std::string_view name = "document") {
  CollectingSink sink;
  base::StringInput input(text);
  const Result<void> result = feed.read(input, name, sink);
  EXPECT_TRUE(result.has_value()) << result.error().text();
  return std::move(sink.read);
}

/// The error of a document that must not be read.
inline std::string error_of(const Feed& feed, std::string_view text) {
  CollectingSink sink;
  base::StringInput input(text);
  const Result<void> result = feed.read(input, "document", sink);
  return result ? "no error" : result.error().text();
}

/// "[1.0,2.0) [3.0,4.0] (5.0,<6.0)": a bound with "<" is the end of a branch and no fix.
inline std::string ranges_of(const Statement& statement) {
  std::string text;
  for (const Range& range : statement.ranges) {
    if (!text.empty()) text += ' ';
    text += range.after.empty() ? "[" + range.introduced + "," : "(" + range.after + ",";
    if (!range.fixed.empty() || (range.last_affected.empty() && range.below.empty())) {
      text += range.fixed + ")";
    } else {
      text += range.last_affected.empty() ? "<" + range.below + ")" : range.last_affected + "]";
    }
  }
  return text;
}

/// The path of a real file, or empty where the feeds are not at hand.
inline std::string real_feed(const std::string& path) {
  const char* directory = std::getenv("VIGIL_FEEDS");
  const std::string root =
      directory != nullptr ? directory : base::source_directory() + "/../shared/feeds";
  const std::string whole = root + "/" + path;
  return base::exists(whole) ? whole : std::string();
}

/// Reads every document of the file that the feed recognises; checks that no other feed does.
inline void read_real(const Feed& feed, const std::string& path, Sink& sink,
                      std::size_t& documents) {
  const auto visit = [&](base::ArchiveEntry& entry) -> Result<void> {
    VIGIL_TRY(const std::string head, base::read_prefix(entry.content, 64U << 10U));
    for (const Feed* other : all_feeds()) {
      const bool expected = other == &feed;
      if (other->recognises(head, entry.name) && !expected) {
        ADD_FAILURE() << entry.name << " is taken for " << other->name;
      }
    }
    if (!feed.recognises(head, entry.name)) return ok();
    ++documents;
    base::PrependedInput whole(head, entry.content);
    return feed.read(whole, entry.name, sink);
  };
  const Result<void> result = base::for_each_entry(path, {}, visit);
  EXPECT_TRUE(result.has_value()) << result.error().text();
}

}  // namespace vigil::intel::feeds
