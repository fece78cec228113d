import Estate
import PlanModel
import RotationEngine

/// Scenarios that tests share; the files in `plans/scenarios` say the same.
enum Scenarios {
  static var holiday: Scenario {
    Scenario(
      name: "holiday",
      absences: [
        Scenario.Absence(share: .percent(25), since: .days(12), back: .hours(6 * 24 + 22)),
        Scenario.Absence(share: .percent(20), since: .days(12), back: .hours(13 * 24 + 22)),
      ])
  }

  static var flaky: Scenario {
    var scenario = Scenario(name: "flaky-servers")
    scenario.faults.apiTrouble = Scenario.APITrouble()
    scenario.faults.serviceDoesNotStart = Scenario.ServiceFault(tries: 2)
    return scenario
  }
}
