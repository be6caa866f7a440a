// ListFilters: filters and suppression rules by name, all or by ARN or action, with their tags.
//
// Reference: Inspector2 API, ListFilters. Traps: an ARN under which there is nothing is left out, not
// an error: this is how clients find out that a filter is gone. ARNs of other accounts are denied.
//
// Not handled: filters of an organisation.
//
// Vigil's own: a member "vigil" beside the model's, which AWS's clients pass over: {"hiddenCount":
// findings the rule hides now, "owner": ..., "expiresAt": ...}. It is no tag, because tools that
// manage tags would remove it.
#include <algorithm>
#include <set>

#include "api/caller.h"
#include "api/filter_arn.h"
#include "api/filter_rules.h"
#include "api/operation.h"
#include "api/page_token.h"
#include "api/transaction.h"
#include "store/accounts.h"

namespace vigil::api::list_filters {
namespace {

constexpr std::int64_t kPage = 100;

struct Question {
  std::int64_t account = 0;
  std::set<std::uint64_t> ids;
  bool by_id = false;
  std::string action;
  std::string after;
  std::size_t limit = 0;
};

struct Listed {
  std::vector<store::FilterRow> rows;
  std::vector<Tags> tags;
  std::string next;
};

Outcome<Question> question_of(const Call& call) {
  Question question;
  VIGIL_TRY(question.account, caller_account(call));
  for (const base::Json& arn : call.input["arns"].items()) {
    question.by_id = true;
    const auto id = filter_id(call, arn.text(), "arns");
    if (id) {
      question.ids.insert(*id);
    } else if (id.error().status != 404) {
      return tl::unexpected(id.error());
    }
  }
  question.action = call.input["action"].text();
  question.limit =
      static_cast<std::size_t>(std::min(call.input["maxResults"].integer().value_or(kPage), kPage));
  VIGIL_TRY(question.after, page_position(call));
  return question;
}

Result<std::vector<store::FilterRow>> rows_by_id(store::Connection& from,
                                                 const Question& question) {
  std::vector<store::FilterRow> rows;
  for (const std::uint64_t id : question.ids) {
    VIGIL_TRY(auto row, store::find_filter(from, question.account, id));
    if (!row || row->name <= question.after) continue;
    if (question.action.empty() || question.action == row->action) rows.push_back(std::move(*row));
  }
  std::ranges::sort(rows, {}, &store::FilterRow::name);
  return rows;
}

Outcome<Listed> list(const Call& call, store::Connection& from, const Question& question) {
  Listed listed;
  // One more than asked tells whether there is a next page.
  VIGIL_TRY(listed.rows, or_internal(question.by_id ? rows_by_id(from, question)
                                                    : store::list_filters(
                                                          from, question.account, question.action,
                                                          question.after, question.limit + 1)));
  if (listed.rows.size() > question.limit) {
    listed.rows.resize(question.limit);
    listed.next = listed.rows.back().name;
  }
  for (const store::FilterRow& row : listed.rows) {
    VIGIL_TRY(Tags tags, or_internal(store::tags_of(from, row.account, filter_arn(call, row.id))));
    listed.tags.push_back(std::move(tags));
  }
  return listed;
}

void write_filter(base::JsonWriter& json, const Call& call, const store::FilterRow& row,
                  const Tags& tags) {
  json.begin_object()
      .member("arn", filter_arn(call, row.id))
      .member("ownerId", call.caller.account)
      .member("name", row.name)
      .key("criteria")
      .raw(row.criteria)
      .member("action", row.action)
      .member("createdAt", row.created)
      .member("updatedAt", row.updated);
  json.optional_member("description", row.description).optional_member("reason", row.reason);
  write_tags(json, tags);
  json.key("vigil").begin_object().member("hiddenCount", row.hidden);
  json.optional_member("owner", row.owner);
  if (row.expires != 0) json.member("expiresAt", row.expires);
  json.end_object().end_object();
}

Answer run(const Call& call) {
  VIGIL_TRY(const Question question, question_of(call));
  VIGIL_TRY(const Listed listed, read(call.estate.store(), [&](store::Connection& from) {
              return list(call, from, question);
            }));
  base::JsonWriter json;
  json.begin_object();
  json.key("filters").begin_array();
  for (std::size_t i = 0; i < listed.rows.size(); ++i) {
    write_filter(json, call, listed.rows[i], listed.tags[i]);
  }
  json.end_array();
  VIGIL_TRY(const std::string next, page_token(call, listed.next));
  json.optional_member("nextToken", next);
  json.end_object();
  return json.take();
}

}  // namespace

const Operation& operation() {
  static constexpr Operation kOperation = {
      .name = "ListFilters",
      .service = "inspector2",
      .method = "POST",
      .uri = "/filters/list",
      .input =
          "arns:[FilterArn], action:FilterAction, nextToken:NextToken,"
          " maxResults:int[1..100]",
      .run = run};
  return kOperation;
}

}  // namespace vigil::api::list_filters
