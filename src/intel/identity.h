// Which vulnerability a record is about. Sources name the same flaw differently (CVE, GHSA, PYSEC,
// GO), and advisories (DSA, USN, ALSA) speak of several flaws at once.
//
// Rules:
//  - A CVE id stands for itself. Two CVE ids are never united, whatever a record claims.
//  - A record's subjects are the CVEs it gives as aliases and those of what it covers.
//  - A record without any CVE takes those of the records it is an alias of (PYSEC -> GHSA -> CVE).
//  - Records that know of no CVE at all unite under one id: GHSA first, then by the alphabet.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "intel/interner.h"

namespace vigil::intel {

/// "CVE-2024-1234": CVE, a year of four digits, a number of four or more.
bool is_cve(std::string_view id);

class Identities {
 public:
  /// Tells of one record. The texts are copied.
  void add(std::string_view id, const std::vector<std::string_view>& aliases,
           const std::vector<std::string_view>& covers);

  /// After the last `add`: the ids a record with this id is about, sorted; the id itself if nothing
  /// else is known of it.
  [[nodiscard]] std::vector<std::string_view> subjects(std::string_view id) const;
  /// True if the record *is* its one subject; false for an advisory that covers others.
  [[nodiscard]] bool is_alias(std::string_view id) const;

 private:
  using Index = std::uint32_t;
  struct Node {
    std::string_view id;
    Index parent;
    std::vector<std::string_view> cves;        ///< of this record, by alias
    std::vector<std::string_view> covers;      ///< other ids it speaks about
    std::vector<std::string_view> group_cves;  ///< of the whole group, kept at its root
    std::string_view primary;                  ///< the group's name if it knows no CVE, at its root
    Index members = 1;                         ///< of the group, at its root
  };

  Index node_of(std::string_view id);
  std::string_view own_text(std::string_view id) { return others_.at(others_.add(id)); }
  [[nodiscard]] Index root_of(Index index) const;
  void unite(Index a, Index b);
  void collect(std::string_view id, std::vector<std::string_view>& into, int depth) const;

  std::vector<Node> nodes_;
  Interner ids_;     ///< numbered as the nodes
  Interner others_;  ///< CVEs and covered ids
};

}  // namespace vigil::intel
