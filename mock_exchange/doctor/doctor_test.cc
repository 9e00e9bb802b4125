#include "ocokit/mock/doctor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "mock_exchange/doctor/diagnose.h"
#include "mock_exchange/doctor/examine.h"
#include "mock_exchange/testing/doctor_cases.h"

namespace ocokit::mock {
namespace {

using ::testing::Contains;
using testing::DoctorCase;
using testing::DoctorCases;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Diagnosis DiagnoseCase(const DoctorCase& c) {
  return Diagnose(c.venue, c.request, c.credentials, c.Context());
}

DoctorCase FindCase(const std::string& id) {
  for (DoctorCase& c : DoctorCases()) {
    if (c.id == id) return c;
  }
  ADD_FAILURE() << "no case " << id;
  return {};
}

Diagnosis DiagnoseCase(const std::string& id) { return DiagnoseCase(FindCase(id)); }

// Everything of a diagnosis in one text.
std::string AllText(const Diagnosis& d) {
  std::string out = d.id + d.also + d.title + "\n" + d.detail + "\n" + d.fix + "\n" + d.source +
                    "\n" + d.expected + "\n" + d.signed_text.value_or("");
  for (const std::string& title : d.ruled_out) out += "\n" + title;
  return out;
}

TEST(Doctor, NamesEveryVectorRightly) {
  for (const DoctorCase& c : DoctorCases()) {
    const Diagnosis d = DiagnoseCase(c);
    EXPECT_EQ(d.id, c.want) << c.id << ": " << d.detail;
    if (c.id.find("mistake") == std::string::npos) continue;
    EXPECT_EQ(d.also, c.also) << c.id << ": " << d.detail;
    if (c.signed_text) {
      EXPECT_EQ(d.signed_text, c.signed_text) << c.id << ": " << d.detail;
    }
  }
}

// The search goes on after its first match: no other row may give the same signature.
TEST(Doctor, NoOtherRowExplainsAVector) {
  int searched = 0;
  for (const DoctorCase& c : DoctorCases()) {
    const doctor::Examination examination =
        c.venue == Venue::kBingx
            ? doctor::ExamineBingx(c.request, c.credentials, c.Context(), doctor::kThoroughBudget,
                                   doctor::Extent::kAll)
            : doctor::ExamineWhitebit(c.request, c.credentials, c.Context(),
                                      doctor::kThoroughBudget, doctor::Extent::kAll);
    searched += !examination.matches.empty();
    std::set<std::vector<std::string_view>> rows;
    for (const doctor::Match& match : examination.matches) rows.insert(match.rows);
    EXPECT_LE(rows.size(), 1u) << c.id;
  }
  EXPECT_GE(searched, 200);
}

TEST(Doctor, EveryRowHasAVectorAndEveryVectorARow) {
  for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
    std::set<std::string> rows;
    for (const Mistake& row : Catalogue(venue)) {
      EXPECT_TRUE(rows.insert(std::string(row.id)).second) << row.id;
    }
    std::set<std::string> seen;
    for (const DoctorCase& c : DoctorCases()) {
      if (c.venue != venue) continue;
      seen.insert(c.want);
      EXPECT_TRUE(c.also.empty() || rows.contains(c.also)) << c.also;
    }
    EXPECT_TRUE(seen.erase(std::string(kNothingWrong)));
    EXPECT_TRUE(seen.erase(std::string(kNotRecognized)));
    EXPECT_EQ(seen, rows);
  }
}

TEST(Doctor, EveryRowIsWorded) {
  for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
    for (const Mistake& row : Catalogue(venue)) {
      EXPECT_FALSE(row.title.empty() || row.title.ends_with('.')) << row.id;
      EXPECT_TRUE(row.fix.ends_with('.')) << row.id;
      EXPECT_FALSE(row.source.empty()) << row.id;
    }
  }
}

TEST(Doctor, SaysWhatIsWrongInWords) {
  for (const DoctorCase& c : DoctorCases()) {
    const Diagnosis d = DiagnoseCase(c);
    EXPECT_FALSE(d.title.empty()) << c.id;
    if (c.want == kNothingWrong) {
      EXPECT_EQ(d.detail + d.fix + d.source, "") << c.id;
      EXPECT_FALSE(d.signed_text || d.first_difference) << c.id;
      continue;
    }
    EXPECT_TRUE(d.detail.ends_with('.')) << c.id << ": " << d.detail;
    EXPECT_FALSE(d.fix.empty()) << c.id;
    EXPECT_EQ(d.source.empty(), c.want == kNotRecognized) << c.id;
    const bool differs = d.signed_text && *d.signed_text != d.expected;
    EXPECT_EQ(d.first_difference.has_value(), differs) << c.id;
  }
}

TEST(Doctor, NeverShowsTheSecret) {
  for (const DoctorCase& c : DoctorCases()) {
    EXPECT_THAT(AllText(DiagnoseCase(c)), Not(HasSubstr(c.credentials.secret))) << c.id;
  }
}

// Whatever is right under another secret is not explained by this one.
TEST(Doctor, AnotherSecretIsNotExplained) {
  int tried = 0;
  for (DoctorCase& c : DoctorCases()) {
    if (c.want != kNothingWrong) continue;
    c.credentials.secret =
        "mheO6dR8ovSsxZQCOYEFCtelpuxcWGTfHw7te326y6jOwq5WpvFQ9JNljoTwBXZGv5It0000";
    const Diagnosis d = DiagnoseCase(c);
    EXPECT_EQ(d.id, "secret_or_text_unknown") << c.id;
    EXPECT_THAT(d.ruled_out, Not(IsEmpty())) << c.id;
    EXPECT_FALSE(d.expected.empty()) << c.id;
    ++tried;
  }
  EXPECT_GE(tried, 100);
}

// A typing error in the secret, seconds for milliseconds, and JSON with blanks: what one sees when
// one changes the README's curl lines.
TEST(Doctor, TellsApartWhatIsEasilyDoneToACurlLine) {
  EXPECT_EQ(DiagnoseCase("bx-mistake-570").id, "secret_or_text_unknown");
  EXPECT_EQ(DiagnoseCase("bx-mistake-220").id, "timestamp_in_seconds");
  EXPECT_EQ(DiagnoseCase("wb-mistake-530").id, "secret_or_text_unknown");
  EXPECT_EQ(DiagnoseCase("wb-mistake-960").id, "nonce_unit_lowered");
  EXPECT_EQ(DiagnoseCase("wb-sign-310").id, "spaced_json_in_payload");
}

TEST(Doctor, ShowsTheTextsAndWhereTheyPart) {
  const Diagnosis d = DiagnoseCase("bx-mistake-730");
  EXPECT_EQ(d.expected,
            "limitPrice=48000&orderPrice=88000&quantity=0.001&side=BUY&symbol=BTC-USDT"
            "&timestamp=1700000000000&triggerPrice=87000");
  EXPECT_EQ(d.signed_text,
            "limitPrice=48000&orderPrice=88000&quantity=0.001&side=BUY&symbol=BTC-USDT"
            "&timestamp=1699999999997&triggerPrice=87000");
  EXPECT_EQ(d.first_difference, 85u);
  EXPECT_THAT(d.detail, HasSubstr("At byte 85 the client signed `"));
}

TEST(Doctor, ShowsTheJsonOfAPayload) {
  EXPECT_THAT(
      DiagnoseCase("wb-sign-310").detail,
      HasSubstr("At byte 11 of the JSON the client signed `{\"request\": \"/api/v4/ord` where "));
}

TEST(Doctor, WithoutAClockAgeIsNotJudged) {
  DoctorCase c = FindCase("bx-mistake-250");
  EXPECT_EQ(DiagnoseCase(c).id, "timestamp_too_old");
  c.known.now.reset();
  EXPECT_EQ(DiagnoseCase(c).id, kNothingWrong);
  DoctorCase w = FindCase("wb-mistake-860");
  EXPECT_EQ(DiagnoseCase(w).id, "nonce_too_old");
  w.known.now.reset();
  EXPECT_EQ(DiagnoseCase(w).id, kNothingWrong);
}

TEST(Doctor, EdgesOfTheTimeWindows) {
  const TimePoint sent = FromUnixMillis(1'700'000'000'000);
  DoctorCase bingx = FindCase("bx-mistake-820");
  DoctorCase whitebit = FindCase("wb-sign-020");
  for (const auto& [ms, bingx_id, whitebit_id] :
       {std::tuple{5000, kNothingWrong, kNothingWrong},
        std::tuple{5001, std::string_view("timestamp_too_old"), std::string_view("nonce_too_old")},
        std::tuple{-5000, kNothingWrong, kNothingWrong},
        std::tuple{-5001, std::string_view("timestamp_in_future"),
                   std::string_view("nonce_too_new")}}) {
    bingx.known.now = whitebit.known.now = sent + milliseconds(ms);
    EXPECT_EQ(DiagnoseCase(bingx).id, bingx_id) << ms;
    EXPECT_EQ(DiagnoseCase(whitebit).id, whitebit_id) << ms;
  }
}

TEST(Doctor, NamesTheNoncesThatItCompares) {
  const Diagnosis d = DiagnoseCase("wb-mistake-970");
  EXPECT_THAT(d.detail, HasSubstr("1699999999998"));
  EXPECT_THAT(d.detail, HasSubstr("1700000000000"));
  EXPECT_THAT(d.detail, HasSubstr("2 less"));
}

// The simulator takes values for the payload in one dialect, and the compact text in the other.
TEST(Doctor, HoldsThePayloadAsTheAccountDoes) {
  DoctorCase c = FindCase("wb-sign-050");
  EXPECT_EQ(DiagnoseCase(c).id, "spaced_json_in_payload");
  c.known.payload_check = PayloadCheck::kJson;
  EXPECT_EQ(DiagnoseCase(c).id, kNothingWrong);
}

TEST(Doctor, TheSecretInKeyQueryOrBodyStaysHidden) {
  const Credentials who{"test-key", "s3cr3t/+with signs"};
  const std::string encoded = "s3cr3t%2F%2Bwith%20signs";
  Request bingx;
  bingx.method = "POST";
  bingx.target = "/openApi/spot/v1/oco/order?note=" + encoded + "&secret=" + who.secret +
                 "&timestamp=1700000000000&signature=00";
  bingx.headers = {{"X-BX-APIKEY", who.key}};
  EXPECT_THAT(AllText(Diagnose(Venue::kBingx, bingx, who)), Not(HasSubstr(who.secret)));
  EXPECT_THAT(AllText(Diagnose(Venue::kBingx, bingx, who)), Not(HasSubstr(encoded)));
  bingx.headers = {{"X-BX-APIKEY", who.secret}};
  EXPECT_EQ(Diagnose(Venue::kBingx, bingx, who).id, "key_and_secret_swapped");
  EXPECT_THAT(AllText(Diagnose(Venue::kBingx, bingx, who)), Not(HasSubstr(who.secret)));

  Request whitebit;
  whitebit.method = "POST";
  whitebit.target = "/api/v4/oco-orders";
  whitebit.body = R"({"a":"s3cr3t/+with signs"})";
  whitebit.headers = {{"X-TXC-APIKEY", who.key},
                      {"X-TXC-PAYLOAD", "eyJhIjoiczNjcjN0Lyt3aXRoIHNpZ25zIn0="},
                      {"X-TXC-SIGNATURE", "00"}};
  const Diagnosis d = Diagnose(Venue::kWhitebit, whitebit, who);
  EXPECT_THAT(AllText(d), Not(HasSubstr(who.secret)));
  EXPECT_THAT(AllText(d), Not(HasSubstr("czNjcjN0Lyt3aXRo")));
}

TEST(Doctor, SaysWhatItRuledOut) {
  DoctorCase c = FindCase("bx-mistake-570");
  const std::string too_old = "the timestamp is too old";
  EXPECT_THAT(DiagnoseCase(c).ruled_out, Contains(too_old));
  EXPECT_THAT(DiagnoseCase(c).ruled_out,
              Contains("signed with the API key in place of the secret"));
  EXPECT_THAT(DiagnoseCase(c).ruled_out,
              Not(Contains("the signature is that of an earlier request")));
  c.known.now.reset();
  EXPECT_THAT(DiagnoseCase(c).ruled_out, Not(Contains(too_old)));
  // What comes after the signature has not been looked at.
  EXPECT_THAT(DiagnoseCase("wb-mistake-540").ruled_out, Not(Contains("the body has no nonce")));
}

// Each request of the literal conversations is one that the simulator accepts as signed.
TEST(Doctor, NothingIsWrongWithTheWireFixtures) {
  int tried = 0;
  for (const auto venue : {fixtures::Venue::kBingx, fixtures::Venue::kWhitebit}) {
    for (const fixtures::Scenario& scenario : fixtures::Wire(venue)) {
      DoctorContext context{.now = FromUnixMillis(scenario.given.now_us / 1000)};
      const bool by_values =
          scenario.given.settings_json.find(R"("payload_check":"json")") != std::string::npos;
      if (scenario.dialect == "docs" || by_values) context.payload_check = PayloadCheck::kJson;
      for (const fixtures::Step& step : scenario.steps) {
        if (step.kind == fixtures::Step::Kind::kAdvance) {
          *context.now += milliseconds(step.advance_ms);
        }
        if (step.kind != fixtures::Step::Kind::kCall) continue;
        const Diagnosis d = Diagnose(
            venue == fixtures::Venue::kBingx ? Venue::kBingx : Venue::kWhitebit,
            testing::ToRequest(step.request), {scenario.given.key, scenario.given.secret}, context);
        EXPECT_EQ(d.id, kNothingWrong) << scenario.id << ": " << d.detail;
        ++tried;
      }
    }
  }
  EXPECT_GE(tried, 50);
}

TEST(Doctor, EmptyAndBrokenRequestsAreAnswered) {
  for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
    const Diagnosis d = Diagnose(venue, Request{}, Credentials{});
    EXPECT_EQ(d.id, "key_header_missing");
    EXPECT_EQ(d.expected, "");
  }
}

// docs/doctor.md shows both catalogues, row for row, and nothing beside them.
TEST(Doctor, DocumentShowsTheCatalogues) {
  std::ifstream file(OCOKIT_DOCTOR_DOCUMENT);
  ASSERT_TRUE(file) << OCOKIT_DOCTOR_DOCUMENT;
  std::vector<std::string> shown;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("| `")) shown.push_back(line);
  }
  std::vector<std::string> rows;
  for (const Venue venue : {Venue::kBingx, Venue::kWhitebit}) {
    for (const Mistake& row : Catalogue(venue)) {
      std::string line = "| `";
      line.append(row.id).append("` | ").append(row.title).append(" | ");
      rows.push_back(line.append(row.fix).append(" | ").append(row.source).append(" |"));
    }
  }
  EXPECT_EQ(shown, rows);
}

// With less work it finds the same or says that it gave up; what a reply shows is all there is of
// usual requests.
TEST(Doctor, FindsTheSameWithLessWorkOrSaysThatItGaveUp) {
  int cut = 0;
  int named = 0;
  for (const DoctorCase& c : DoctorCases()) {
    const std::string id = Diagnose(c.venue, c.request, c.credentials, c.Context()).id;
    const auto name = [&](const doctor::Budget& budget) {
      return doctor::NameMistakes(c.venue, c.request, c.credentials, c.Context(), budget).id;
    };
    EXPECT_EQ(name(doctor::kReplyBudget), id) << c.id;
    const std::string in_short = name(doctor::kLogBudget);
    if (in_short == kCutShort) {
      ++cut;
    } else {
      EXPECT_EQ(in_short, id) << c.id;
      ++named;
    }
  }
  EXPECT_GE(named, 400);
  EXPECT_LE(cut, 60);
}

TEST(Doctor, ARequestThatIsTooLongForItsBudgetIsNotLookedAt) {
  Request request;
  request.method = "POST";
  request.target = "/openApi/spot/v1/oco/order?note=" + std::string(20'000, 'x');
  const Credentials who{"test-key", "test-secret"};
  EXPECT_EQ(doctor::NameMistakes(Venue::kBingx, request, who, {}, doctor::kLogBudget).id,
            kCutShort);
  EXPECT_EQ(doctor::NameMistakes(Venue::kBingx, request, who, {}, doctor::kReplyBudget).id,
            "key_header_missing");
}

}  // namespace
}  // namespace ocokit::mock
