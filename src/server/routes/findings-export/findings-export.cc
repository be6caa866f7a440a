// GET /vigil/v1/findings/export?format=csv|json&filterCriteria=JSON: all findings that match, as a file.
//
// CSV has the columns of Amazon Inspector's findings report (deliver/findings_csv.h); JSON is
// {"findings": [Finding, ...]}. The criteria are those of ListFindings, percent-encoded.
//
// The file is made while it is sent, a page of findings at a time, so that it may be of any length: no
// transaction lasts from page to page. A finding that changes meanwhile is in the file once, as it was or
// as it is; only one that closed is gone and comes back as a new one may be there or not. If the store
// fails on the way the connection breaks off, and the client sees that the file is not whole.
#include <memory>
#include <stdexcept>

#include "api/criteria.h"
#include "api/found_finding.h"
#include "deliver/findings_csv.h"
#include "server/attachment.h"
#include "server/route.h"
#include "store/find.h"

namespace vigil::server::findings_export {
namespace {

constexpr std::size_t kPage = 250;

class Exporter {
 public:
  Exporter(estate::Estate& estate, findings::Filter filter, bool csv, std::int64_t now)
      : estate_(estate), csv_(csv), now_(now) {
    query_.filter = std::move(filter);
    query_.limit = kPage;
    // A place in this order stays a finding's own whatever becomes of it meanwhile. (In the cheapest
    // order one that is suppressed while the file is made moves, and may be passed over.)
    query_.sort = store::SortField::FirstObservedAt;
  }

  /// The first page is read before anything is sent, so that what is wrong from the start is an error.
  Result<void> begin(const std::string& account) {
    VIGIL_TRY(const std::int64_t number, store::account_number(account));
    query_.accounts = {number};
    VIGIL_CHECK(read_page());
    text_ = (csv_ ? deliver::findings_csv_head() : R"({"findings":[)") + text_;
    return ok();
  }

  /// The next part of the file; empty at its end.
  Result<std::string> next() {
    while (text_.empty() && !is_over_) VIGIL_CHECK(read_page());
    return std::exchange(text_, {});
  }

 private:
  Result<void> read_page() {
    store::FindPage page;
    VIGIL_CHECK(estate_.store().read([&](store::Connection& from) -> Result<void> {
      VIGIL_TRY(page, store::find(from, query_));
      return ok();
    }));
    for (const store::FoundFinding& found : page.findings) VIGIL_CHECK(write(found));
    query_.after = std::move(page.next);
    is_over_ = query_.after.empty();
    if (is_over_ && !csv_) text_ += "]}\n";
    return ok();
  }

  Result<void> write(const store::FoundFinding& found) {
    std::string document = api::document_of(found);
    if (csv_) {
      VIGIL_TRY(const base::Json finding, parser_.parse(document));
      text_ += deliver::findings_csv_row(finding, now_);
      return ok();
    }
    if (has_written_) text_ += ",\n";
    has_written_ = true;
    text_ += document;
    return ok();
  }

  estate::Estate& estate_;
  store::FindQuery query_;
  const bool csv_;
  const std::int64_t now_;
  base::JsonParser parser_;
  std::string text_;  ///< what is written and not yet sent
  bool has_written_ = false;
  bool is_over_ = false;
};

HttpResponse answer(const RouteCall& call) {
  const auto format = call.query.find("format");
  const bool csv = format != call.query.end() && format->second == "csv";
  if (!csv && (format == call.query.end() || format->second != "json")) {
    return error_response(api::validation_error("format must be csv or json"));
  }
  findings::Filter filter;
  if (const auto given = call.query.find("filterCriteria"); given != call.query.end()) {
    auto read = api::criteria_of_text(given->second);
    if (!read) return error_response(read.error());
    filter = std::move(*read);
  }
  const auto exporter = std::make_shared<Exporter>(call.estate, std::move(filter), csv, call.now);
  if (const auto begun = exporter->begin(call.caller.account); !begun) {
    return error_response(api::internal(begun.error()));
  }
  HttpResponse response;
  make_attachment(response, csv ? "text/csv; charset=utf-8" : "application/json",
                  dated_name("findings", call.now) + (csv ? ".csv" : ".json"));
  response.stream = [exporter] {
    auto part = exporter->next();
    // What BodySource asks for: the connection breaks off.
    if (!part) throw std::runtime_error(part.error().text());
    return std::move(*part);
  };
  return response;
}

}  // namespace

const Route& route() {
  static constexpr Route kRoute{.method = "GET",
                                .pattern = "/vigil/v1/findings/export",
                                .access = Access::Account,
                                .body_limit = 0,
                                .run = answer};
  return kRoute;
}

}  // namespace vigil::server::findings_export
