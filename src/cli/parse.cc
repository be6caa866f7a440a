// The command line. The only file that knows CLI11, which takes seconds to compile.
#include <CLI/CLI.hpp>

#include <cstdio>
#include <map>

#include "base/program.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "deliver/bill.h"
#include "server/config.h"
#include "source/target.h"

namespace vigil::cli {
namespace {

/// What the chosen command will do.
struct Plan {
  VersionOptions version;
  CvssOptions cvss;
  IntelOptions intel;
  ScanOptions scan;
  SbomOptions sbom;
  ExplainOptions explain;
  PolicyOptions policy;
  ServerOptions server;
  std::map<std::string, std::string> settings;  ///< of the server, by name
  AccountOptions account;
  int result = kSuccess;
};

void add_version(CLI::App& app, Plan& plan) {
  CLI::App* version = app.add_subcommand("version", "Compare versions as their ecosystem does");
  version->require_subcommand(1);
  CLI::App* compare = version->add_subcommand("compare", "Print <, = or > for two versions");
  compare->add_option("scheme", plan.version.scheme, "Version scheme, see `vigil version schemes`")
      ->required();
  compare
      ->add_option("versions", plan.version.versions,
                   "A B, or - to read lines `A B` from standard input")
      ->required()
      ->expected(1, 2);
  compare->callback([&] { plan.result = version_compare(plan.version); });
  CLI::App* key =
      version->add_subcommand("key", "Print a version's order-preserving key in hexadecimal");
  key->add_option("scheme", plan.version.scheme, "Version scheme")->required();
  key->add_option("version", plan.version.versions, "The version")->required()->expected(1);
  key->callback([&] { plan.result = version_key(plan.version); });
  CLI::App* schemes = version->add_subcommand("schemes", "List the version schemes");
  schemes->callback([&] { plan.result = version_schemes(); });
}

void add_cvss(CLI::App& app, Plan& plan) {
  CLI::App* cvss_command =
      app.add_subcommand("cvss", "Score a CVSS vector of version 2.0, 3.0, 3.1 or 4.0");
  cvss_command
      ->add_option("vector", plan.cvss.vector, "The vector, or - for one a line on standard input")
      ->required();
  cvss_command->add_option("--format", plan.cvss.format, "Output: text or json")
      ->check(CLI::IsMember({"text", "json"}));
  cvss_command->callback([&] { plan.result = cvss(plan.cvss); });
}

void add_intel_path(CLI::App& command, std::string& path) {
  command.add_option("--intel", path, "The intelligence snapshot to build or read")
      ->envname("VIGIL_INTEL");
}

void add_intel(CLI::App& app, Plan& plan) {
  IntelOptions& options = plan.intel;
  CLI::App* intel =
      app.add_subcommand("intel", "Vulnerability intelligence: load it, look into it");
  intel->require_subcommand(1);
  CLI::App* update = intel->add_subcommand("update", "Load or refresh intelligence");
  add_intel_path(*update, options.path);
  update
      ->add_option("--from", options.from,
                   "Read feeds from this directory instead of their upstreams")
      ->envname("VIGIL_FEEDS");
  update->add_option("--source", options.sources,
                     "Only these feeds (repeatable); see `vigil intel status --feeds`");
  update->add_flag("--changed", options.changed, "List the packages whose advisories changed");
  update->add_flag("--no-archive", options.no_archive,
                   "Do not ask this host's package archive for newer fixes");
  update->callback([&] { plan.result = intel_update(options); });
  CLI::App* status =
      intel->add_subcommand("status", "What is loaded, how old it is, what is missing");
  add_intel_path(*status, options.path);
  status->add_flag("--feeds", options.feeds, "List the feeds that are understood");
  status->add_option("--format", options.format, "Output: text or json")
      ->check(CLI::IsMember({"text", "json"}));
  status->callback([&] { plan.result = intel_status(options); });
  CLI::App* show = intel->add_subcommand("show", "Everything known about one vulnerability");
  add_intel_path(*show, options.path);
  show->add_option("id", options.id, "CVE, GHSA, DSA ... in any case")->required();
  show->add_option("--format", options.format, "Output: text or json")
      ->check(CLI::IsMember({"text", "json"}));
  show->callback([&] { plan.result = intel_show(options); });
  CLI::App* search = intel->add_subcommand(
      "search", "Vulnerabilities whose id, title, text or package contains a text");
  add_intel_path(*search, options.path);
  search->add_option("text", options.text, "What to look for, in any case")->required();
  search->add_option("--limit", options.limit, "At most so many results")->capture_default_str();
  search->add_option("--format", options.format, "Output: text or json")
      ->check(CLI::IsMember({"text", "json"}));
  search->callback([&] { plan.result = intel_search(options); });
}

void add_scan_options(CLI::App& command, ScanOptions& options) {
  add_intel_path(command, options.intel);
  command.add_option("--format", options.format, "table, json, sarif, cyclonedx or csv")
      ->check(CLI::IsMember({"table", "json", "sarif", "cyclonedx", "csv"}))
      ->capture_default_str();
  command.add_option("-o,--output", options.output,
                     "Write to this file instead of standard output");
  command.add_option("--severity", options.severities, "Only these severities, e.g. critical,high")
      ->delimiter(',');
  command.add_flag("--only-fixed", options.only_fixed, "Only what a newer version fixes");
  command
      .add_option("--ignore-file", options.ignore_file,
                  "Findings to leave out, with reason and expiry date")
      ->envname("VIGIL_IGNORE");
  command
      .add_option("--vex", options.vex_files,
                  "VEX document (OpenVEX, CycloneDX, CSAF) that says what is not affected "
                  "(repeatable)")
      ->allow_extra_args(false);
  command.add_option("--fail-on", options.fail_on,
                     "Exit with 1 if a finding is this severe or worse");
  command.add_flag("--all", options.all, "List every finding in the table");
  command.add_flag("--all-kernels", options.all_kernels,
                   "Also kernels that are installed but do not run");
  command.add_flag("--unimportant", options.unimportant, "Also what Debian calls unimportant");
  command.add_flag("--show-suppressed", options.show_suppressed,
                   "List what vendors say is not affected, and what was ignored");
  command
      .add_option("--exposure", options.exposure,
                  "Who can reach its ports: unknown, internet, inside or none")
      ->check(CLI::IsMember({"unknown", "internet", "inside", "none"}));
  command.add_option("--facts", options.facts_file,
                     "JSON file with facts about the resource, see docs/scoring.md");
  command.add_option("--policy", options.policy_file,
                     "Scoring policy to use instead of the built-in one");
  command.add_option("--account", options.account, "AWS account id of the finding ARNs")
      ->capture_default_str();
  command.add_option("--region", options.region, "Region of the finding ARNs")
      ->capture_default_str();
  command.add_option(
      "--server", options.server,
      "Send what is found to this Vigil server, which judges it (credentials as for the "
      "AWS CLI)");
}

/// "[FILE]" is an argument that may be left out.
std::string bare(std::string_view argument) {
  std::string name(argument);
  std::erase_if(name, [](char c) { return c == '[' || c == ']'; });
  return name;
}

void add_target_option(CLI::App& command, const source::TargetOption& option,
                       SubjectOptions& subject) {
  const std::string name(option.name);
  if (option.value.empty()) {
    command.add_flag_callback(
        name, [&subject, name] { subject.options[name] = "true"; }, std::string(option.help));
    return;
  }
  const auto take = [&subject, name](const std::vector<std::string>& values) {
    subject.options[name] = base::join(values, "\n");
  };
  command.add_option_function<std::vector<std::string>>(name, take, std::string(option.help))
      ->type_name(std::string(option.value))
      ->allow_extra_args(false);
}

/// A subcommand for everything that can be scanned.
void add_targets(CLI::App& command, SubjectOptions& subject,
                 const std::function<void(CLI::App&)>& add_options,
                 const std::function<void()>& run) {
  command.require_subcommand(1);
  for (const source::Target* target : source::all_targets()) {
    CLI::App* one = command.add_subcommand(std::string(target->name), std::string(target->help));
    if (!target->argument.empty()) {
      auto* argument = one->add_option(bare(target->argument), subject.argument, "What to look at");
      argument->required(!target->argument.starts_with('['));
    }
    for (const source::TargetOption& option : target->options) {
      add_target_option(*one, option, subject);
    }
    one->add_option("--exclude", subject.excluded, "A directory not to enter (repeatable)")
        ->allow_extra_args(false);
    one->add_option("--catalogers", subject.catalogers, "Only these, e.g. dpkg,npm")
        ->delimiter(',');
    one->add_flag("--no-cache", subject.no_cache, "Do not keep or use results of layers");
    add_options(*one);
    one->callback([&subject, target, run] {
      subject.target = target->name;
      run();
    });
  }
}

void add_scan(CLI::App& app, Plan& plan) {
  CLI::App* command =
      app.add_subcommand("scan", "Find the vulnerabilities of a host, an image, a directory ...");
  add_targets(
      *command, plan.scan.subject, [&plan](CLI::App& one) { add_scan_options(one, plan.scan); },
      [&plan] { plan.result = scan(plan.scan); });
}

void add_sbom(CLI::App& app, Plan& plan) {
  SbomOptions& options = plan.sbom;
  CLI::App* command = app.add_subcommand(
      "sbom", "Write the bill of materials of a host, an image, a directory ...");
  std::vector<std::string> formats;
  for (const deliver::Bill* bill : deliver::all_bills()) formats.emplace_back(bill->name);
  const auto add_options = [&options, formats](CLI::App& one) {
    one.add_option("--format", options.format, base::join(formats, ", "))
        ->check(CLI::IsMember(formats))
        ->capture_default_str();
    one.add_option("-o,--output", options.output, "Write to this file instead of standard output");
    one.add_option("--account", options.account, "AWS account id of the resource")
        ->capture_default_str();
    one.add_option("--region", options.region, "Region of the resource")->capture_default_str();
  };
  add_targets(*command, options.subject, add_options, [&plan] { plan.result = sbom(plan.sbom); });
}

void add_others(CLI::App& app, Plan& plan) {
  CLI::App* explain_command =
      app.add_subcommand("explain", "How a score of the last scan came about");
  explain_command->add_option("id", plan.explain.id, "The vulnerability")->required();
  explain_command->callback([&] { plan.result = explain(plan.explain); });
  CLI::App* policy = app.add_subcommand("policy", "The scoring policy");
  policy->require_subcommand(1);
  policy->add_subcommand("show", "Print the built-in policy")->callback([&] {
    plan.result = policy_show();
  });
  CLI::App* check = policy->add_subcommand("check", "Check a policy file and run its tests");
  check->add_option("file", plan.policy.file, "The policy")->required();
  check->callback([&] { plan.result = policy_check(plan.policy); });
}

void add_server_options(CLI::App& command, Plan& plan) {
  command.add_option("--config", plan.server.config_file, "File of `name = value` lines")
      ->envname("VIGIL_CONFIG");
  for (const server::ConfigField& field : server::config_fields()) {
    const std::string name(field.name);
    // The environment is read with the settings, so that an error can name it.
    command.add_option("--" + name, plan.settings[name], std::string(field.help));
  }
}

void add_server(CLI::App& app, Plan& plan) {
  CLI::App* command =
      app.add_subcommand("server", "Serve the Inspector2 API and watch this machine");
  add_server_options(*command, plan);
  CLI::App* check = command->add_subcommand("check", "Try the settings without serving");
  add_server_options(*check, plan);
  const auto collect = [&plan](const CLI::App& from) {
    for (const auto& [name, value] : plan.settings) {
      if (from.count("--" + name) > 0) plan.server.settings.emplace_back(name, value);
    }
  };
  check->callback([&plan, check, collect] {
    collect(*check);
    plan.result = server_check(plan.server);
  });
  command->callback([&plan, command, check, collect] {
    if (check->parsed()) return;
    collect(*command);
    plan.result = serve(plan.server);
  });
}

void add_account_store(CLI::App& command, AccountOptions& options) {
  command.add_option("--data", options.data, "The server's data directory")->envname("VIGIL_DATA");
  command.add_option("--store", options.store, "The server's store, if it is not in --data")
      ->envname("VIGIL_STORE");
  command.add_option("--format", options.format, "Output: text or json")
      ->check(CLI::IsMember({"text", "json"}));
}

void add_account(CLI::App& app, Plan& plan) {
  AccountOptions& options = plan.account;
  CLI::App* account = app.add_subcommand("account", "Accounts, access keys and console users");
  account->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, int (*work)(const AccountOptions&)) {
    CLI::App* command = account->add_subcommand(name, help);
    add_account_store(*command, options);
    command->callback([&plan, &options, work] { plan.result = work(options); });
    return command;
  };
  const auto add_id = [&](CLI::App* command) {
    command->add_option("--account", options.account,
                        "Twelve digits; by default the first account");
  };
  CLI::App* create = add("create", "Make an account", account_create);
  create->add_option("name", options.name, "What people call it")->required();
  create->add_option("--id", options.account, "Twelve digits; by default chosen at random");
  add("list", "List the accounts", account_list);
  CLI::App* key = add("key", "Issue an access key; its secret is shown once", account_key);
  add_id(key);
  key->add_option("--holder", options.name, "Who it is for, as the log will name them");
  add_id(add("keys", "List access keys", account_keys));
  CLI::App* disable = add("disable-key", "Make an access key useless", account_disable_key);
  disable->add_option("id", options.access_key, "The access key's id")->required();
  CLI::App* user =
      add("user", "Make a console user, or give it a new password, shown once", account_user);
  add_id(user);
  user->add_option("name", options.name, "The user's name")->required();
}

}  // namespace

int run(int argc, char** argv) {
  Plan plan;
  CLI::App app(
      "Vigil finds the known vulnerabilities of what you run, and says which matter first.",
      "vigil");
  app.set_version_flag("--version", "vigil " + std::string(base::program_version()));
  app.require_subcommand(1);
  app.get_formatter()->column_width(36);
  add_scan(app, plan);
  add_sbom(app, plan);
  add_server(app, plan);
  add_account(app, plan);
  add_others(app, plan);
  add_intel(app, plan);
  add_cvss(app, plan);
  add_version(app, plan);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kSuccess : kUsage;
  } catch (const std::exception& error) {
    // Nothing of ours throws; a library or an exhausted memory might.
    return report_error({error.what(), {}, {}});
  }
  // A full disk behind `>` shows when the last bytes leave, which nobody would look at any more.
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    return report_error({"cannot write to standard output", {}, {}});
  }
  return plan.result;
}

}  // namespace vigil::cli
