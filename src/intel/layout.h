// The snapshot file, byte by byte. docs/formats/intelligence.md says the same in prose; a change
// here raises kSnapshotFormat and is written there.
//
//   Header | Section table | sections, each at a multiple of 8
//
// All integers are little-endian. Offsets of text are relative to the Texts section, where each
// text is its length (LEB128) and its bytes; text 0 is the empty one.
#pragma once

#include <array>
#include <cstdint>

namespace vigil::intel::layout {

inline constexpr std::array<char, 8> kMagic = {'V', 'I', 'G', 'I', 'L', 'I', 'N', 'T'};
inline constexpr std::uint32_t kSnapshotFormat = 3;

enum Section : std::uint32_t {
  kTexts,        ///< every text and key, each once
  kEcosystems,   ///< Ecosystem[], sorted by name
  kPackages,     ///< Package[], sorted by (ecosystem, name)
  kPackageHash,  ///< std::uint32_t[2^n]: index into kPackages plus one, 0 is free; linear probing
  kRows,         ///< Row[], those of a package beside each other
  kVulnerabilities,  ///< Vulnerability[], sorted by id
  kAliases,          ///< Alias[], sorted by alias
  kRecords,          ///< encoded model::Vulnerability, one after the other
  kEpss,             ///< Epss[], sorted by id
  kSources,          ///< encoded list of sources
  kSectionCount,
};

struct SectionEntry {
  std::uint64_t offset;  ///< from the start of the file
  std::uint64_t size;    ///< bytes
};

struct Header {
  std::array<char, 8> magic;
  std::uint32_t format;
  std::uint32_t section_count;
  std::uint64_t file_size;
  std::uint64_t checksum;    ///< low half of XXH3-128: intel/checksum.h
  std::int64_t created;      ///< seconds since 1970
  std::uint64_t content_id;  ///< XXH3-64 of the names and contents of all sources
  std::array<SectionEntry, kSectionCount> sections;
};

struct Ecosystem {
  std::uint32_t name;  ///< text
  std::uint32_t package_count;
  std::uint32_t first_package;  ///< index into kPackages
  std::uint32_t row_count;
};

struct Package {
  std::uint32_t ecosystem;  ///< index into kEcosystems
  std::uint32_t name;       ///< text
  std::uint32_t first_row;
  std::uint32_t row_count;
  std::uint64_t content;  ///< hash of what its rows say and of the facts that decide a score
};

enum RowFlag : std::uint8_t {
  kHighInclusive = 1,  ///< the version of `high_key` itself is affected
};

/// One affected interval of one package. Rows are sorted by (high_key absent first, then high_key
/// descending): a lookup stops at the first row whose end lies below the version.
struct Row {
  std::uint32_t vulnerability;    ///< index into kVulnerabilities
  std::uint32_t low_key;          ///< text; 0: from the beginning
  std::uint32_t high_key;         ///< text; 0: no end
  std::uint32_t fixed_version;    ///< text; 0: none
  std::uint32_t vendor_severity;  ///< text
  std::uint32_t advisory;         ///< text
  std::uint32_t note;             ///< text
  std::uint32_t qualifier;        ///< text holding an encoded Qualifier; 0: unrestricted
  std::uint16_t source;           ///< index into the feeds' names of kSources
  std::uint8_t state;             ///< model::FixState
  std::uint8_t flags;             ///< RowFlag
};

struct Vulnerability {
  std::uint64_t record;  ///< offset in kRecords
  std::uint32_t record_size;
  std::uint32_t id;       ///< text
  std::uint64_t content;  ///< hash of the facts that decide a score or a text, without EPSS
};

struct Alias {
  std::uint32_t alias;          ///< text
  std::uint32_t vulnerability;  ///< index into kVulnerabilities
};

struct Epss {
  std::uint64_t cve;         ///< year * 2^40 + number
  std::uint32_t score;       ///< in units of 1e-5
  std::uint32_t percentile;  ///< in units of 1e-5
};

static_assert(sizeof(Header) == 48 + 16 * kSectionCount);
static_assert(sizeof(Ecosystem) == 16 && sizeof(Package) == 24 && sizeof(Row) == 36);
static_assert(sizeof(Vulnerability) == 24 && sizeof(Alias) == 8 && sizeof(Epss) == 16);

}  // namespace vigil::intel::layout
