// Reads a policy's JSON. Every key is checked, so that a misspelt one is an error and not a rule that
// silently never applies; every metric and value is checked against the CVSS version it is for.
#include <simdjson.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "score/policy.h"
#include "score/score.h"

namespace vigil::score {
namespace {

using simdjson::dom::element;

/// A place in the document: the value and how to get there, "rules[2].set".
struct Node {
  element value;
  std::string path;
};

tl::unexpected<Error> wrong(const Node& node, std::string what, std::string hint = {}) {
  return fail(std::move(what), node.path, std::move(hint));
}

std::string comma_separated(std::initializer_list<std::string_view> words) {
  std::string out;
  for (const std::string_view word : words) out += (out.empty() ? "" : ", ") + std::string(word);
  return out;
}

std::string in_quotes(std::string_view text) {
  return "'" + base::printable(text) + "'";
}

Result<simdjson::dom::object> object_of(const Node& node) {
  simdjson::dom::object object;
  if (node.value.get(object)) return wrong(node, "is not an object");
  return object;
}

/// An object whose keys are all among `known`, each once.
Result<simdjson::dom::object> object_with(const Node& node,
                                          std::initializer_list<std::string_view> known) {
  VIGIL_TRY(const simdjson::dom::object object, object_of(node));
  std::vector<std::string_view> seen;
  for (const auto& field : object) {
    if (std::find(known.begin(), known.end(), field.key) == known.end()) {
      return wrong(node, "unknown key " + in_quotes(field.key),
                   "known are " + comma_separated(known));
    }
    if (std::find(seen.begin(), seen.end(), field.key) != seen.end()) {
      return wrong(node, "the key " + in_quotes(field.key) + " is given twice");
    }
    seen.push_back(field.key);
  }
  return object;
}

std::optional<Node> child(const simdjson::dom::object& object, const Node& parent,
                          std::string_view key) {
  element value;
  if (object.at_key(key).get(value)) return std::nullopt;
  return Node{value, parent.path.empty() ? std::string(key) : parent.path + "." + std::string(key)};
}

Result<Node> required(const simdjson::dom::object& object, const Node& parent,
                      std::string_view key) {
  std::optional<Node> node = child(object, parent, key);
  if (!node) return wrong(parent, "the key " + in_quotes(key) + " is missing");
  return *std::move(node);
}

Result<std::vector<Node>> items_of(const Node& node) {
  simdjson::dom::array array;
  if (node.value.get(array)) return wrong(node, "is not an array");
  std::vector<Node> items;
  for (const element item : array) {
    items.push_back({item, node.path + "[" + std::to_string(items.size()) + "]"});
  }
  return items;
}

Result<std::string> text_of(const Node& node) {
  std::string_view text;
  if (node.value.get(text)) return wrong(node, "is not a text");
  if (text.empty()) return wrong(node, "is empty");
  return std::string(text);
}

Result<std::string> required_text(const simdjson::dom::object& object, const Node& parent,
                                  std::string_view key) {
  VIGIL_TRY(const Node node, required(object, parent, key));
  return text_of(node);
}

Result<double> number_of(const Node& node, double lowest, double highest) {
  double number = 0;
  if (node.value.get(number) || number < lowest || number > highest) {
    return wrong(node, "is not a number from " + std::to_string(static_cast<int>(lowest)) + " to " +
                           std::to_string(static_cast<int>(highest)));
  }
  return number;
}

/// A text, or an array of texts.
Result<std::vector<Node>> one_or_more(const Node& node) {
  if (!node.value.is_array()) return std::vector<Node>{node};
  VIGIL_TRY(std::vector<Node> items, items_of(node));
  if (items.empty()) return wrong(node, "is empty");
  return items;
}

template <typename Parse>
Result<Admitted> admitted_of(const Node& node, Parse parse, std::string_view words) {
  VIGIL_TRY(const std::vector<Node> items, one_or_more(node));
  unsigned admitted = 0;
  for (const Node& item : items) {
    VIGIL_TRY(const std::string word, text_of(item));
    const auto value = parse(word);
    if (!value)
      return wrong(item, in_quotes(word) + " is not known", "one of " + std::string(words));
    admitted |= 1U << static_cast<unsigned>(*value);
  }
  return static_cast<Admitted>(admitted);
}

constexpr std::string_view kExposureWords = "unknown, internet, inside, none";
constexpr std::string_view kFactWords = "unknown, yes, no";
constexpr std::string_view kExploitWords = "none, poc, public, kev";
constexpr std::string_view kResourceWords = "host, image, function";

Result<Condition> condition_of(const Node& node, bool may_have_any = true) {
  VIGIL_TRY(const simdjson::dom::object object,
            object_with(node, {"exposure", "in_use", "exploit", "reaches_secrets", "can_write",
                               "resource", "epss_at_least", "any"}));
  if (object.size() == 0) {
    return wrong(node, "has no condition, so it would always hold",
                 "name the facts it is about, unknown ones too if they are meant");
  }
  Condition out;
  if (const auto at = child(object, node, "exposure")) {
    VIGIL_TRY(out.exposure, admitted_of(*at, parse_exposure, kExposureWords));
  }
  if (const auto at = child(object, node, "in_use")) {
    VIGIL_TRY(out.in_use, admitted_of(*at, parse_fact, kFactWords));
  }
  if (const auto at = child(object, node, "exploit")) {
    VIGIL_TRY(out.exploit, admitted_of(*at, parse_exploit_maturity, kExploitWords));
  }
  if (const auto at = child(object, node, "reaches_secrets")) {
    VIGIL_TRY(out.reaches_secrets, admitted_of(*at, parse_fact, kFactWords));
  }
  if (const auto at = child(object, node, "can_write")) {
    VIGIL_TRY(out.can_write, admitted_of(*at, parse_fact, kFactWords));
  }
  if (const auto at = child(object, node, "resource")) {
    VIGIL_TRY(out.resource, admitted_of(*at, parse_resource_kind, kResourceWords));
  }
  if (const auto at = child(object, node, "epss_at_least")) {
    VIGIL_TRY(out.epss_at_least, number_of(*at, 0, 1));
  }
  if (const auto at = child(object, node, "any")) {
    if (!may_have_any) return wrong(*at, "stands inside another 'any'");
    VIGIL_TRY(const std::vector<Node> items, items_of(*at));
    if (items.empty()) return wrong(*at, "is empty");
    for (const Node& item : items) {
      VIGIL_TRY(Condition one, condition_of(item, false));
      out.any.push_back(std::move(one));
    }
  }
  return out;
}

/// A valid vector to try metrics on.
model::Cvss sample(bool is_v4) {
  return *model::parse_cvss(is_v4
                                ? "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N"
                                : "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N");
}

bool is_base_metric(const model::Cvss& cvss, std::string_view metric) {
  return cvss.base_only().defines(metric);
}

/// Metrics that a policy may set: all but the base metrics, which are the publisher's.
Result<std::vector<MetricValue>> changes_of(const Node& node, bool is_v4) {
  VIGIL_TRY(const simdjson::dom::object object, object_of(node));
  std::vector<MetricValue> out;
  for (const auto& field : object) {
    const Node at{field.value, node.path + "." + std::string(field.key)};
    VIGIL_TRY(const std::string value, text_of(at));
    model::Cvss cvss = sample(is_v4);
    if (is_base_metric(cvss, field.key)) {
      return wrong(at, "is a base metric, which is the publisher's",
                   "set the modified one: 'M" + std::string(field.key) + "'");
    }
    if (Result<void> set = cvss.set(field.key, value); !set) {
      return wrong(at, set.error().what, set.error().hint);
    }
    if (!cvss.defines(field.key)) return wrong(at, "sets nothing", "leave the metric out");
    out.push_back({std::string(field.key), value});
  }
  return out;
}

/// The base metrics a rule demands, valid in CVSS 3 or in 4.0.
Result<std::vector<MetricValues>> demands_of(const Node& node) {
  VIGIL_TRY(const simdjson::dom::object object, object_of(node));
  std::vector<MetricValues> out;
  for (const auto& field : object) {
    const Node at{field.value, node.path + "." + std::string(field.key)};
    model::Cvss v3 = sample(false);
    model::Cvss v4 = sample(true);
    if (!is_base_metric(v3, field.key) && !is_base_metric(v4, field.key)) {
      return wrong(at, "is not a base metric of CVSS 3 or 4.0");
    }
    MetricValues demand{std::string(field.key), {}};
    VIGIL_TRY(const std::vector<Node> items, one_or_more(at));
    for (const Node& item : items) {
      VIGIL_TRY(std::string value, text_of(item));
      Result<void> tried = v3.set(field.key, value);
      if (!tried && !v4.set(field.key, value)) {
        return wrong(item, tried.error().what, tried.error().hint);
      }
      demand.values.push_back(std::move(value));
    }
    out.push_back(std::move(demand));
  }
  return out;
}

Result<Rule> rule_of(const Node& node) {
  VIGIL_TRY(const simdjson::dom::object object,
            object_with(node, {"name", "when", "if_base", "set", "set_v4", "reason"}));
  Rule out;
  VIGIL_TRY(out.name, required_text(object, node, "name"));
  VIGIL_TRY(out.reason, required_text(object, node, "reason"));
  VIGIL_TRY(const Node when, required(object, node, "when"));
  VIGIL_TRY(out.when, condition_of(when));
  if (const auto at = child(object, node, "if_base")) {
    VIGIL_TRY(out.if_base, demands_of(*at));
  }
  VIGIL_TRY(const Node set, required(object, node, "set"));
  VIGIL_TRY(out.set, changes_of(set, false));
  if (const auto at = child(object, node, "set_v4")) {
    VIGIL_TRY(out.set_v4, changes_of(*at, true));
    return out;
  }
  Result<std::vector<MetricValue>> same = changes_of(set, true);
  if (!same) {
    return wrong(set, "cannot be set on a vector of CVSS 4.0: " + same.error().what,
                 "say in 'set_v4' what to set there; {} for nothing");
  }
  out.set_v4 = *std::move(same);
  return out;
}

Result<Floor> floor_of(const Node& node) {
  VIGIL_TRY(const simdjson::dom::object object,
            object_with(node, {"name", "when", "score", "reason"}));
  Floor out;
  VIGIL_TRY(out.name, required_text(object, node, "name"));
  VIGIL_TRY(out.reason, required_text(object, node, "reason"));
  VIGIL_TRY(const Node when, required(object, node, "when"));
  VIGIL_TRY(out.when, condition_of(when));
  VIGIL_TRY(const Node score, required(object, node, "score"));
  VIGIL_TRY(out.score, number_of(score, 0, 10));
  return out;
}

/// One fact of a test: a single word.
template <typename Enum, typename Parse>
Result<void> read_fact(const simdjson::dom::object& object, const Node& parent,
                       std::string_view key, Parse parse, std::string_view words, Enum& out) {
  const std::optional<Node> node = child(object, parent, key);
  if (!node) return ok();
  VIGIL_TRY(const std::string word, text_of(*node));
  const std::optional<Enum> value = parse(word);
  if (!value)
    return wrong(*node, in_quotes(word) + " is not known", "one of " + std::string(words));
  out = *value;
  return ok();
}

Result<Facts> facts_of(const Node& node) {
  VIGIL_TRY(const simdjson::dom::object object,
            object_with(node, {"exposure", "in_use", "exploit", "reaches_secrets", "can_write",
                               "resource", "epss"}));
  Facts out;
  Context& context = out.context;
  VIGIL_CHECK(
      read_fact(object, node, "exposure", parse_exposure, kExposureWords, context.exposure));
  VIGIL_CHECK(read_fact(object, node, "in_use", parse_fact, kFactWords, context.in_use));
  VIGIL_CHECK(
      read_fact(object, node, "exploit", parse_exploit_maturity, kExploitWords, out.exploit));
  VIGIL_CHECK(
      read_fact(object, node, "reaches_secrets", parse_fact, kFactWords, context.reaches_secrets));
  VIGIL_CHECK(read_fact(object, node, "can_write", parse_fact, kFactWords, context.can_write));
  VIGIL_CHECK(
      read_fact(object, node, "resource", parse_resource_kind, kResourceWords, context.resource));
  if (const auto at = child(object, node, "epss")) {
    VIGIL_TRY(out.epss, number_of(*at, 0, 1));
  }
  return out;
}

Result<PolicyTest> test_of(const Node& node) {
  VIGIL_TRY(const simdjson::dom::object object,
            object_with(node, {"name", "vector", "facts", "score"}));
  PolicyTest out;
  VIGIL_TRY(out.name, required_text(object, node, "name"));
  VIGIL_TRY(const Node vector, required(object, node, "vector"));
  VIGIL_TRY(out.vector, text_of(vector));
  if (const Result<model::Cvss> cvss = model::parse_cvss(out.vector); !cvss) {
    return wrong(vector, cvss.error().what, cvss.error().hint);
  }
  VIGIL_TRY(const Node facts, required(object, node, "facts"));
  VIGIL_TRY(out.facts, facts_of(facts));
  VIGIL_TRY(const Node score, required(object, node, "score"));
  VIGIL_TRY(out.score, number_of(score, 0, 10));
  return out;
}

Result<std::vector<std::vector<model::CvssVersion>>> versions_of(const Node& node) {
  std::vector<std::vector<model::CvssVersion>> out;
  VIGIL_TRY(const std::vector<Node> groups, items_of(node));
  for (const Node& group : groups) {
    out.emplace_back();
    VIGIL_TRY(const std::vector<Node> items, items_of(group));
    for (const Node& item : items) {
      VIGIL_TRY(const std::string name, text_of(item));
      bool known = false;
      for (const auto version : {model::CvssVersion::V20, model::CvssVersion::V30,
                                 model::CvssVersion::V31, model::CvssVersion::V40}) {
        if (model::cvss_version_name(version) != name) continue;
        out.back().push_back(version);
        known = true;
      }
      if (!known) {
        return wrong(item, in_quotes(name) + " is not known", "one of 2.0, 3.0, 3.1, 4.0");
      }
    }
  }
  if (out.empty()) return wrong(node, "is empty");
  return out;
}

Result<std::vector<BaseSource>> sources_of(const Node& node) {
  constexpr std::string_view kNames[] = {"vendor", "nvd", "cna", "cisa", "other"};
  std::vector<BaseSource> out;
  VIGIL_TRY(const std::vector<Node> items, items_of(node));
  for (const Node& item : items) {
    VIGIL_TRY(const std::string name, text_of(item));
    const auto* found = std::find(std::begin(kNames), std::end(kNames), name);
    if (found == std::end(kNames)) {
      return wrong(item, in_quotes(name) + " is not known", "one of vendor, nvd, cna, cisa, other");
    }
    out.push_back(static_cast<BaseSource>(found - std::begin(kNames)));
  }
  if (out.empty()) return wrong(node, "is empty");
  return out;
}

Result<void> read_vendors(const Node& node, Policy& out) {
  VIGIL_TRY(const simdjson::dom::object object, object_of(node));
  for (const auto& field : object) {
    const Node at{field.value, node.path + "." + std::string(field.key)};
    VIGIL_TRY(const std::vector<Node> items, one_or_more(at));
    for (const Node& item : items) {
      VIGIL_TRY(std::string name, text_of(item));
      out.vendors[std::string(field.key)].push_back(std::move(name));
    }
  }
  return ok();
}

/// Reads every item of an array under `key`; nothing if the key is absent.
template <typename T, typename Read>
Result<void> read_list(const simdjson::dom::object& object, const Node& root, std::string_view key,
                       Read read, std::vector<T>& out) {
  const std::optional<Node> node = child(object, root, key);
  if (!node) return ok();
  VIGIL_TRY(const std::vector<Node> items, items_of(*node));
  for (const Node& item : items) {
    VIGIL_TRY(T one, read(item));
    out.push_back(std::move(one));
  }
  return ok();
}

Result<Policy> policy_of(const Node& root) {
  VIGIL_TRY(const simdjson::dom::object object,
            object_with(root, {"format", "name", "about", "base_versions", "base_sources",
                               "vendors", "rules", "floors", "tests"}));
  VIGIL_TRY(const Node format, required(object, root, "format"));
  constexpr std::int64_t kFormat = 1;
  std::int64_t number = 0;
  if (format.value.get(number) || number != kFormat) {
    return wrong(format, "is not a format this version reads", "it reads format 1");
  }
  Policy out;
  VIGIL_TRY(out.name, required_text(object, root, "name"));
  VIGIL_TRY(const Node versions, required(object, root, "base_versions"));
  VIGIL_TRY(out.base_versions, versions_of(versions));
  VIGIL_TRY(const Node sources, required(object, root, "base_sources"));
  VIGIL_TRY(out.base_sources, sources_of(sources));
  if (const auto at = child(object, root, "vendors")) VIGIL_CHECK(read_vendors(*at, out));
  VIGIL_CHECK(read_list(object, root, "rules", rule_of, out.rules));
  VIGIL_CHECK(read_list(object, root, "floors", floor_of, out.floors));
  VIGIL_CHECK(read_list(object, root, "tests", test_of, out.tests));
  return out;
}

std::string one_decimal(double score) {
  const auto tenths = static_cast<int>(std::lround(score * 10));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

Result<void> run_tests(const Policy& policy) {
  for (std::size_t i = 0; i < policy.tests.size(); ++i) {
    const PolicyTest& test = policy.tests[i];
    VIGIL_TRY(const Score result, score_vector(policy, test.vector, test.facts));
    if (std::lround(*result.score * 10) == std::lround(test.score * 10)) continue;
    std::string why = "gives " + result.adjusted_vector;
    if (result.floor) why += " with a floor of " + one_decimal(result.floor->score);
    return fail("the test " + in_quotes(test.name) + " expects " + one_decimal(test.score) +
                    ", but the policy gives " + one_decimal(*result.score),
                "tests[" + std::to_string(i) + "]", why);
  }
  return ok();
}

Result<Policy> parse(std::string_view json) {
  simdjson::dom::parser parser;
  constexpr std::size_t kDepth = 16;
  if (parser.allocate(json.size(), kDepth)) return fail("there is not enough memory to read it");
  element root;
  const simdjson::padded_string padded(json);
  if (const auto error = parser.parse(padded).get(root)) {
    return fail(std::string("is not valid JSON: ") + simdjson::error_message(error));
  }
  VIGIL_TRY(Policy policy, policy_of({root, {}}));
  VIGIL_CHECK(run_tests(policy));
  return policy;
}

}  // namespace

Result<Policy> parse_policy(std::string_view json, std::string_view where) {
  constexpr std::size_t kLimit = 1U << 20;
  if (json.size() > kLimit) {
    return fail("the policy is larger than 1 MiB", std::string(where), {}, ErrorCode::TooLarge);
  }
  Result<Policy> policy = parse(json);
  if (!policy) {
    std::string& place = policy.error().where;
    place = place.empty() ? std::string(where) : std::string(where) + ": " + place;
  }
  return policy;
}

}  // namespace vigil::score
