import { NOTIFICATION_REASON_CODES, notificationReason } from '../../../warehouse/operational/notifications/reasons.ts';
import type { Notification as Row } from '../../../warehouse/operational/notifications/notification.ts';
import { builder } from '../../builder.ts';
import { shouted } from '../../types/enums.ts';
import { iso, isoOrNull } from '../instants.ts';
import { NotificationChannelEnum, NotificationStateEnum } from './enums.ts';

const NotificationReasonEnum = builder.enumType('NotificationReason', { values: shouted(NOTIFICATION_REASON_CODES) });

export const Notification = builder.objectRef<Row>('Notification').implement({
  description: 'What is told outside: by mail, to a webhook',
  fields: (t) => ({
    id: t.string({ resolve: ({ id }) => String(id) }),
    channel: t.expose('channel', { type: NotificationChannelEnum }),
    recipient: t.exposeString('recipient'),
    subject: t.exposeString('subject'),
    incident: t.int({ nullable: true, description: 'That it is about', resolve: ({ about }) => (about?.kind === 'incident' && /^\d{1,9}$/.test(about.id) ? Number(about.id) : null) }),
    state: t.expose('state', { type: NotificationStateEnum }),
    attempts: t.exposeInt('attempts'),
    createdAt: t.field({ type: 'DateTime', resolve: ({ createdMs }) => iso(createdMs) }),
    dueAt: t.field({ type: 'DateTime', resolve: ({ dueMs }) => iso(dueMs) }),
    expiresAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ expiresMs }) => isoOrNull(expiresMs) }),
    nextAttemptAt: t.field({ type: 'DateTime', nullable: true, description: 'Null = it is not tried again', resolve: ({ nextAttemptMs }) => isoOrNull(nextAttemptMs) }),
    lastError: t.exposeString('lastError', { nullable: true, description: 'What went wrong last, or what it waits for' }),
    reason: t.field({ type: NotificationReasonEnum, nullable: true, description: 'The same by a code; null = only words tell it', resolve: ({ lastError }) => (lastError === null ? null : notificationReason(lastError).code) }),
    answer: t.string({ nullable: true, description: "The words of a server that no code tells", resolve: ({ lastError }) => answerOf(lastError) }),
    late: t.boolean({ description: 'It was worth telling until an instant that has passed', resolve: ({ lastError }) => lastError !== null && notificationReason(lastError).late }),
    sentAt: t.field({ type: 'DateTime', nullable: true, resolve: ({ sentMs }) => isoOrNull(sentMs) }),
    receipt: t.exposeString('receipt', { nullable: true, description: 'What the server said when it took it' }),
  }),
});

function answerOf(lastError: string | null): string | null {
  if (lastError === null) return null;
  const { code, words } = notificationReason(lastError);
  return code === null && words !== '' ? words : null;
}
