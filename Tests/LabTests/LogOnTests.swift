import CanonicalJSON
import Lab
import PlanModel
import RotationEngine
import Testing

@Suite("Logging on to a lab")
struct LogOnTests {
  @Test("A token is given for the right password, tells who one is, and ends with the log-off")
  func session() async throws {
    let lab = try await RunningLab()
    let site = lab.lab.description.sites[0]
    #expect(try await lab.call("GET", "version").json["API_VERSION"]?.string == "14.3.7000")
    let wrong = try await lab.call(
      "POST", "identity/authenticate", body: #"{"username":"rotation","password":"no"}"#)
    #expect(wrong.status == 401)
    #expect(wrong.json["errorCode"]?.string == "401" && wrong.json["appErrorCode"]?.string == "")
    // The domain may be left out.
    let answer = try await lab.call(
      "POST", "identity/authenticate",
      body: #"{"username":"\#(site.username)","password":"\#(site.password)"}"#)
    #expect(answer.status == 200 && answer.headers["connection"] == "close")
    #expect(answer.json["tokenExpiration"]?.integer == 43_199)
    #expect(answer.json["role"]?["bitMask"]?.integer == 8)
    #expect(try answer.json["serverTime"]?.integer == lab.lab.world.now().milliseconds)
    let token = try #require(answer.json["token"]?.string)
    let user = try await lab.call("GET", "sessions/currentuser", token: token)
    #expect(user.json["fullname"]?.string == site.username)
    #expect(try await lab.call("POST", "identity/logout", token: token).status == 204)
    let after = try await lab.call("GET", "sessions/currentuser", token: token)
    #expect(after.status == 401 && after.json["error"]?.string == "invalid_token")
    #expect(try await lab.call("GET", "domains").json["error"]?.string == "unauthorized")
    try await lab.stop()
  }

  @Test("A token ends after its time, and can be refreshed before that")
  func expiry() async throws {
    let lab = try await RunningLab()
    let site = lab.lab.description.sites[0]
    let answer = try await lab.call(
      "POST", "identity/authenticate",
      body: #"{"username":"\#(site.username)","password":"\#(site.password)","domain":"Default"}"#)
    let token = try #require(answer.json["token"]?.string)
    let refresh = try #require(answer.json["refreshToken"]?.string)
    try await lab.advance(by: .hours(11))
    #expect(try await lab.call("GET", "domains", token: token).status == 200)
    let other = try await lab.call(
      "POST", "/oauth/token?grant_type=refresh_token&refresh_token=\(refresh)")
    let next = try #require(other.json["access_token"]?.string)
    #expect(try await lab.call("GET", "domains", token: token).status == 401)
    try await lab.advance(by: .hours(11))
    #expect(try await lab.call("GET", "domains", token: next).status == 200)
    try await lab.advance(by: .hours(2))
    #expect(try await lab.call("GET", "domains", token: next).status == 401)
    try await lab.stop()
  }

  @Test("A token is good at its own server, until the API service of that server restarts")
  func restart() async throws {
    let lab = try await RunningLab()
    let token = try await lab.logOn()
    #expect(try await lab.call("GET", "domains", server: 1, token: token).status == 401)
    let other = try await lab.logOn(0, 1)
    async let restarted = lab.act(.restartServices, on: "paris/par-01")
    while try await lab.call("GET", "version").status != 0 {}
    #expect(try await lab.call("GET", "domains", server: 1, token: other).status == 200)
    try await lab.advance(by: .minutes(10))
    #expect(try await restarted.status == 0)
    #expect(try await lab.call("GET", "version").status == 200)
    #expect(try await lab.call("GET", "domains", token: token).status == 401)
    #expect(try await lab.call("GET", "domains", server: 1, token: other).status == 200)
    try await lab.stop()
  }
}
