// What the routes of the fake share: their context, errors, and the check of bodies.
import { type BodyKind, type MessageBody, messageProblems, problemsOf } from './check.ts';
import type { Reply } from './http.ts';
import type { DiscordState, FakeCall } from '../state.ts';

export type RouteContext = {
  state: DiscordState;
  botId: string;
  applicationId: string;
  now: () => number;
  checks: boolean;
};

export const OK_EMPTY: Reply = { status: 204 };
export const error = (status: number, code: number, message: string): Reply => ({ status, json: { code, message } });

export function found(json: unknown, code: number): Reply {
  return json === undefined ? error(404, code, 'Unknown') : { status: 200, json };
}

/** 400 with code 50035 when the body breaks a rule; tests look at `refusals`. */
export function refusal(
  kind: BodyKind,
  body: unknown,
  message: MessageBody | undefined,
  call: FakeCall,
  context: RouteContext,
): Reply | null {
  if (!context.checks) return null;
  const problems = [
    ...problemsOf(kind, body),
    ...(message === undefined
      ? []
      : messageProblems(
          message,
          call.files.map((file) => file.name),
        )),
  ];
  if (problems.length === 0) return null;
  context.state.refusals.push(`${call.method} ${call.path.replace(/[\w-]{30,}/g, '…')}: ${problems.join('; ')}`);
  return error(400, 50035, 'Invalid Form Body');
}
