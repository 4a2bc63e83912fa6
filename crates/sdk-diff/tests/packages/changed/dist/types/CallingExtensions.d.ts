// Written for the tests of sdk-diff.
declare class CallingExtensions {
  options: Options;
  constructor(options: Options);
  initialized(payload: OnInitialized): void;
  userAvailable(): void;
  userUnavailable(): void;
  userLoggedIn(): void;
  userLoggedOut(): void;
  incomingCall(callInfo: OnIncomingCall): void;
  outgoingCall(callInfo: OnOutgoingCall): void;
  callAnswered(payload: OnCallAnswered): void;
  callTransferred(payload: OnCallTransferred): void;
  navigateToRecord(payload: OnNavigateToRecord): void;
  callData(payload: any): void;
  callEnded(data: OnCallEnded): void;
  callCompleted(data: OnCallCompleted): void;
  sendError(data: OnError): void;
  resizeWidget(data: OnResize): void;
  sendMessage(message: OnMessage): void;
  logDebugMessage(line: string): void;
  onMessageHandler(event: any): void;
  finalizeEngagement(data: OnFinalizeEngagement): void;
  setWidgetUrl(data: OnSetWidgetUrl): void;
  holdCall(payload: OnHoldCall): void;
}
export default CallingExtensions;
