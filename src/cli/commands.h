// The commands of `vigil`: plain options in, exit code out. cli/parse.cc fills the options in.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vigil::cli {

/// What a script can tell from the exit code.
enum ExitCode : int {
  kSuccess = 0,
  kThresholdReached = 1,  ///< --fail-on: at least one finding as severe as asked for
  kFailure = 2,           ///< the work itself failed
  kUsage = 3,             ///< the command line is wrong
};

struct VersionOptions {
  std::string scheme;
  std::vector<std::string> versions;  ///< compare: A B, or one "-"; key: one
};
int version_compare(const VersionOptions& options);
int version_key(const VersionOptions& options);
int version_schemes();

struct CvssOptions {
  std::string vector;  ///< or "-"
  std::string format;
};
int cvss(const CvssOptions& options);

struct IntelOptions {
  std::string path;  ///< of the snapshot; empty: the default place
  std::string from;
  std::vector<std::string> sources;
  std::string id;    ///< show
  std::string text;  ///< search
  std::size_t limit = 20;
  bool feeds = false;    ///< status: the feeds that are understood
  bool changed = false;  ///< update: list changed packages
  bool no_archive = false;
  std::string format;
};
int intel_update(const IntelOptions& options);
int intel_status(const IntelOptions& options);
int intel_show(const IntelOptions& options);
int intel_search(const IntelOptions& options);

/// What is looked at, and how; see source/target.h.
struct SubjectOptions {
  std::string target = "host";  ///< "image"
  std::string argument;
  std::map<std::string, std::string, std::less<>>
      options;                          ///< of the target, by name: "--platform"
  std::vector<std::string> excluded;    ///< directories not entered
  std::vector<std::string> catalogers;  ///< only these; empty: all
  bool no_cache = false;
};

struct ScanOptions {
  SubjectOptions subject;
  std::string intel;
  std::string format = "table";
  std::string output;  ///< a file; empty: standard output
  std::vector<std::string> severities;
  bool only_fixed = false;
  std::string ignore_file;
  std::vector<std::string> vex_files;  ///< OpenVEX, CycloneDX, CSAF
  std::string fail_on;
  bool all_kernels = false;
  bool unimportant = false;
  bool show_suppressed = false;
  bool all = false;      ///< the table lists every finding
  std::string exposure;  ///< "unknown", "internet", "inside", "none"; empty: from what is known
  std::string facts_file;
  std::string policy_file;
  std::string account = "000000000000";
  std::string region = "us-east-1";
  std::string resource_name;
  std::string server;  ///< send the inventory there instead of judging it here
};
int scan(const ScanOptions& options);

struct SbomOptions {
  SubjectOptions subject;
  std::string format = "cyclonedx";
  std::string output;  ///< a file; empty: standard output
  std::string account = "000000000000";
  std::string region = "us-east-1";
};
int sbom(const SbomOptions& options);

struct ExplainOptions {
  std::string id;
  std::string format;
};
int explain(const ExplainOptions& options);

struct PolicyOptions {
  std::string file;
};
int policy_show();
int policy_check(const PolicyOptions& options);

struct ServerOptions {
  std::string config_file;
  /// Settings given as options, by name; see server/config.h.
  std::vector<std::pair<std::string, std::string>> settings;
};
int serve(const ServerOptions& options);
/// Reads the settings and tries what can be tried without serving.
int server_check(const ServerOptions& options);

struct AccountOptions {
  std::string data;
  std::string store;
  std::string account;     ///< twelve digits; create: empty for the next free one
  std::string name;        ///< of an account, a user or a key's holder
  std::string access_key;  ///< to be disabled
  std::string format;
};
int account_create(const AccountOptions& options);
int account_list(const AccountOptions& options);
int account_key(const AccountOptions& options);
int account_keys(const AccountOptions& options);
int account_disable_key(const AccountOptions& options);
int account_user(const AccountOptions& options);

/// Parses the command line and runs the command.
int run(int argc, char** argv);

}  // namespace vigil::cli
