import Testing

@testable import RunStore

@Suite("Which process is meant")
struct ProcessIdentityTests {
  @Test("The real process is alive, and one that started at another time is not")
  func realProcess() {
    let current = ProcessIdentity.current(user: "anna")
    #expect(ProcessIdentity.isAlive(current))
    #expect(!current.host.isEmpty)
    #if os(Linux)
      #expect(current.startTime > 0)
      #expect(!current.bootID.isEmpty)
      let earlier = ProcessIdentity(
        host: current.host, bootID: current.bootID, pid: current.pid,
        startTime: current.startTime - 1, user: "anna")
      #expect(!ProcessIdentity.isAlive(earlier))
    #endif
    let absent = ProcessIdentity(
      host: current.host, bootID: current.bootID, pid: Int32.max - 1, startTime: 1, user: "anna")
    #expect(!ProcessIdentity.isAlive(absent))
  }
}
